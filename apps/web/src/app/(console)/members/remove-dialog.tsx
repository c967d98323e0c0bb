'use client';
import { AskDialog } from '@secateur/ui/ask-dialog';
import { useTranslations } from 'next-intl';

type RemoveDialogProps = { name: string; open: boolean; busy: boolean; onClose: () => void; onYes: () => void };

/** Asks before somebody is taken out. */
export function RemoveDialog({ name, open, busy, onClose, onYes }: RemoveDialogProps) {
  const t = useTranslations();
  return (
    <AskDialog
      open={open}
      title={t('members.removeTitle', { name })}
      yes={t('members.remove')}
      no={t('common.back')}
      look="danger"
      busy={busy}
      onYes={onYes}
      onClose={onClose}
    >
      <p>{t('members.removeText')}</p>
    </AskDialog>
  );
}
