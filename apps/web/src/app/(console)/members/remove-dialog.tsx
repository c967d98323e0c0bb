'use client';
import { Button } from '@secateur/ui/button';
import { Dialog } from '@secateur/ui/dialog';
import { useTranslations } from 'next-intl';

type RemoveDialogProps = { name: string; open: boolean; busy: boolean; onClose: () => void; onYes: () => void };

/** Asks before somebody is taken out. */
export function RemoveDialog({ name, open, busy, onClose, onYes }: RemoveDialogProps) {
  const t = useTranslations();
  return (
    <Dialog
      open={open}
      title={t('members.removeTitle', { name })}
      onClose={onClose}
      actions={
        <>
          <Button look="danger" busy={busy} onClick={onYes}>
            {t('members.remove')}
          </Button>
          <Button look="quiet" onClick={onClose}>
            {t('common.back')}
          </Button>
        </>
      }
    >
      <p>{t('members.removeText')}</p>
    </Dialog>
  );
}
