'use client';
import { Button } from '@secateur/ui/button';
import { Dialog } from '@secateur/ui/dialog';
import { useTranslations } from 'next-intl';

type UndoDialogProps = { open: boolean; busy: boolean; done: number; onClose: () => void; onYes: () => void };

/** Asks before everything is lifted, and says what that touches. */
export function UndoDialog({ open, busy, done, onClose, onYes }: UndoDialogProps) {
  const t = useTranslations('shield.undo');
  return (
    <Dialog
      open={open}
      title={t('title')}
      onClose={onClose}
      actions={
        <>
          <Button look="danger" busy={busy} onClick={onYes}>
            {t('submit')}
          </Button>
          <Button look="quiet" onClick={onClose}>
            {t('back')}
          </Button>
        </>
      }
    >
      <p>{t('text', { done })}</p>
      <p className="text-soft">{t('keep')}</p>
    </Dialog>
  );
}
