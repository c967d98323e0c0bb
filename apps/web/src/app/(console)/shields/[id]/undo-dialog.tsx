'use client';
import { AskDialog } from '@secateur/ui/ask-dialog';
import { useTranslations } from 'next-intl';

type UndoDialogProps = { open: boolean; busy: boolean; done: number; onClose: () => void; onYes: () => void };

/** Asks before everything is lifted, and says what that touches. */
export function UndoDialog({ open, busy, done, onClose, onYes }: UndoDialogProps) {
  const t = useTranslations('shield.undo');
  return (
    <AskDialog
      open={open}
      title={t('title')}
      yes={t('submit')}
      no={t('back')}
      look="danger"
      busy={busy}
      onYes={onYes}
      onClose={onClose}
    >
      <p>{t('text', { done })}</p>
      <p className="text-soft">{t('keep')}</p>
    </AskDialog>
  );
}
