'use client';
import { Button } from '@secateur/ui/button';
import { Dialog } from '@secateur/ui/dialog';
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
    <Dialog
      open={open}
      title={t('security.endAll.title')}
      onClose={onClose}
      actions={
        <>
          <Button look="danger" busy={endAll.isPending} onClick={() => endAll.mutate()}>
            {t('security.endAll.submit')}
          </Button>
          <Button look="quiet" onClick={onClose}>
            {t('common.back')}
          </Button>
        </>
      }
    >
      <p>{t('security.endAll.text')}</p>
      {endAll.error ? <TroubleNotice error={endAll.error} /> : null}
    </Dialog>
  );
}
