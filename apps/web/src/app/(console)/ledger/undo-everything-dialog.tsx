'use client';
import { DAY } from '@secateur/base/clock';
import { AskDialog } from '@secateur/ui/ask-dialog';
import { useNow, useTranslations } from 'next-intl';

type UndoEverythingDialogProps = {
  open: boolean;
  days: number;
  busy: boolean;
  onClose: () => void;
  onYes: () => void;
};

/** Asks before everything is let go, and says by when. */
export function UndoEverythingDialog({ open, days, busy, onClose, onYes }: UndoEverythingDialogProps) {
  const t = useTranslations('ledger.all');
  const now = useNow();
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
      <p>{t('ask', { span: String(days), date: new Date(now.getTime() + days * DAY) })}</p>
      <p className="text-soft">{t('after')}</p>
    </AskDialog>
  );
}
