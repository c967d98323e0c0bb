'use client';
import { AskDialog } from '@secateur/ui/ask-dialog';
import { useMutation } from '@tanstack/react-query';
import { useTranslations } from 'next-intl';
import { TroubleNotice } from '~/client/trouble-notice.tsx';
import { useTRPC } from '~/client/trpc.ts';
import { forgetDrafts } from '~/client/use-draft.ts';

/** Asks before everybody is signed out, whoever asks among them. */
export function EndAllDialog({ open, onClose }: { open: boolean; onClose: () => void }) {
  const t = useTranslations();
  const trpc = useTRPC();
  const endAll = useMutation(
    trpc.sessions.endAll.mutationOptions({
      onSuccess: () => {
        forgetDrafts();
        window.location.assign('/');
      },
    }),
  );
  return (
    <AskDialog
      open={open}
      title={t('security.endAll.title')}
      yes={t('security.endAll.submit')}
      no={t('common.back')}
      look="danger"
      busy={endAll.isPending}
      onYes={() => endAll.mutate()}
      onClose={onClose}
    >
      <p>{t('security.endAll.text')}</p>
      {endAll.error ? <TroubleNotice error={endAll.error} /> : null}
    </AskDialog>
  );
}
