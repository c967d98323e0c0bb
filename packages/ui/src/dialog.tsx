'use client';
import { type ReactNode, useEffect, useId, useRef } from 'react';

type DialogProps = {
  open: boolean;
  title: ReactNode;
  /** Escape, or a press outside it. */
  onClose: () => void;
  children: ReactNode;
  /** Left out where what is in it has buttons of its own. */
  actions?: ReactNode;
};

/**
 * The browser's own modal dialog: it holds the focus, closes on Escape and gives the focus back. It neither covers nor
 * darkens the bar at the top, whose button for leaving in a hurry works while it is open.
 */
export function Dialog({ open, title, onClose, children, actions }: DialogProps) {
  const ref = useRef<HTMLDialogElement>(null);
  const titleId = useId();

  useEffect(() => {
    const dialog = ref.current;
    if (open && !dialog?.open) dialog?.showModal();
    if (!open && dialog?.open) dialog.close();
  }, [open]);

  return (
    <dialog
      ref={ref}
      aria-labelledby={titleId}
      onClose={onClose}
      className="top-13.5 m-auto max-h-[calc(100dvh-4.5rem)] w-[min(34rem,calc(100vw-2rem))] rounded-card border border-line bg-surface p-0 text-ink shadow-2xl backdrop:bg-transparent backdrop:bg-[linear-gradient(transparent_3.375rem,rgb(0_0_0/0.55)_3.375rem)]"
    >
      {open ? (
        <div className="grid grid-cols-1 gap-4 wrap-anywhere p-6">
          <h2 id={titleId} className="text-xl">
            {title}
          </h2>
          <div className="grid grid-cols-1 gap-3">{children}</div>
          {actions ? <div className="mt-2 flex flex-wrap gap-3">{actions}</div> : null}
        </div>
      ) : null}
    </dialog>
  );
}
