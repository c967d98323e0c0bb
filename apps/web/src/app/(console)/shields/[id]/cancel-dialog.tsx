'use client';
import { AskDialog } from '@secateur/ui/ask-dialog';
import { useTranslations } from 'next-intl';

type CancelDialogProps = { open: boolean; busy: boolean; onClose: () => void; onYes: () => void };

/** Asks before nobody new is added. */
export function CancelDialog({ open, busy, onClose, onYes }: CancelDialogProps) {
  const t = useTranslations();
  return (
    <AskDialog
      open={open}
      title={t('shield.cancel.title')}
      yes={t('shield.cancel.submit')}
      no={t('common.back')}
      busy={busy}
      onYes={onYes}
      onClose={onClose}
    >
      <p>{t('shield.cancel.text')}</p>
    </AskDialog>
  );
}
