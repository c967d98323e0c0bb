'use client';
import { DAY } from '@secateur/base/clock';
import { Button } from '@secateur/ui/button';
import { Dialog } from '@secateur/ui/dialog';
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
      <p>{t('ask', { span: String(days), date: new Date(now.getTime() + days * DAY) })}</p>
      <p className="text-soft">{t('after')}</p>
    </Dialog>
  );
}
