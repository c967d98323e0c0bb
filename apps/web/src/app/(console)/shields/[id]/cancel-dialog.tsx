'use client';
import { Button } from '@secateur/ui/button';
import { Dialog } from '@secateur/ui/dialog';
import { useTranslations } from 'next-intl';

type CancelDialogProps = { open: boolean; busy: boolean; onClose: () => void; onYes: () => void };

/** Asks before nobody new is added. */
export function CancelDialog({ open, busy, onClose, onYes }: CancelDialogProps) {
  const t = useTranslations();
  return (
    <Dialog
      open={open}
      title={t('shield.cancel.title')}
      onClose={onClose}
      actions={
        <>
          <Button busy={busy} onClick={onYes}>
            {t('shield.cancel.submit')}
          </Button>
          <Button look="quiet" onClick={onClose}>
            {t('common.back')}
          </Button>
        </>
      }
    >
      <p>{t('shield.cancel.text')}</p>
    </Dialog>
  );
}
