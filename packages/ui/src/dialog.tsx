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

/** The browser's own modal dialog: it holds the focus, closes on Escape and gives the focus back. */
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
      className="m-auto w-[min(34rem,calc(100vw-2rem))] rounded-card border border-line bg-surface p-0 text-ink shadow-2xl backdrop:bg-black/55"
    >
      {open ? (
        <div className="grid gap-4 p-6">
          <h2 id={titleId} className="text-xl">
            {title}
          </h2>
          <div className="grid gap-3">{children}</div>
          {actions ? <div className="mt-2 flex flex-wrap gap-3">{actions}</div> : null}
        </div>
      ) : null}
    </dialog>
  );
}
