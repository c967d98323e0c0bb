'use client';
import { Button } from '@secateur/ui/button';
import { useMutation } from '@tanstack/react-query';
import { useTranslations } from 'next-intl';
import { TroubleNotice } from '~/client/trouble-notice.tsx';
import { useTRPCClient } from '~/client/trpc.ts';
import { PasskeyTrouble } from '~/passkey/passkey-trouble.tsx';
import { showPasskey } from '~/passkey/show-passkey.ts';

/** Confirms with a passkey. */
export function ByPasskey({ onDone }: { onDone: (confirmed: boolean) => void }) {
  const t = useTranslations();
  const client = useTRPCClient();
  const confirm = useMutation({
    mutationFn: async () => {
      const answer = await showPasskey(await client.stepUp.askForPasskey.mutate());
      await client.stepUp.byPasskey.mutate({ answer });
    },
    onSuccess: () => onDone(true),
  });
  return (
    <>
      <PasskeyTrouble error={confirm.error} otherwise={(error) => <TroubleNotice error={error} />} />
      <div className="mt-2 flex flex-wrap gap-3">
        <Button busy={confirm.isPending} onClick={() => confirm.mutate()}>
          {t('stepUp.usePasskey')}
        </Button>
        <Button look="quiet" onClick={() => onDone(false)}>
          {t('common.back')}
        </Button>
      </div>
    </>
  );
}
