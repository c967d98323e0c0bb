'use client';
import type { ReactNode } from 'react';
import { Button } from './button.tsx';
import { Dialog } from './dialog.tsx';

type AskDialogProps = {
  open: boolean;
  title: ReactNode;
  /** The word of the button that does it. */
  yes: ReactNode;
  /** The word of the button that goes back. */
  no: ReactNode;
  /** `danger` where it takes something away. */
  look?: 'primary' | 'danger';
  busy?: boolean;
  onYes: () => void;
  onClose: () => void;
  children: ReactNode;
};

/** Asks before something is done that reaches far: what it does stands in it, above the two ways on. */
export function AskDialog({ open, title, yes, no, look, busy, onYes, onClose, children }: AskDialogProps) {
  return (
    <Dialog
      open={open}
      title={title}
      onClose={onClose}
      actions={
        <>
          <Button look={look ?? 'primary'} busy={busy ?? false} onClick={onYes}>
            {yes}
          </Button>
          <Button look="quiet" onClick={onClose}>
            {no}
          </Button>
        </>
      }
    >
      {children}
    </Dialog>
  );
}
