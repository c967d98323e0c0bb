'use client';
import { Choice, ChoiceGroup } from '@secateur/ui/choice';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useTranslations } from 'next-intl';
import { TroubleNotice } from '~/client/trouble-notice.tsx';
import { useTRPC } from '~/client/trpc.ts';

/** Whether a passkey comes after the link, or opens the door by itself. */
export function AloneChoice({ alone }: { alone: boolean }) {
  const t = useTranslations('security.passkeys');
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  const choose = useMutation(
    trpc.passkeys.letAlone.mutationOptions({
      onSuccess: () => queryClient.invalidateQueries(trpc.passkeys.pathFilter()),
    }),
  );
  const shown = choose.isPending ? choose.variables.alone : alone;
  return (
    <>
      <ChoiceGroup id="passkey-mode" legend={t('mode')}>
        <Choice
          id="passkey-both"
          type="radio"
          name="passkey-mode"
          label={t('both')}
          hint={t('bothHint')}
          checked={!shown}
          onChange={() => choose.mutate({ alone: false })}
        />
        <Choice
          id="passkey-alone"
          type="radio"
          name="passkey-mode"
          label={t('alone')}
          hint={t('aloneHint')}
          checked={shown}
          onChange={() => choose.mutate({ alone: true })}
        />
      </ChoiceGroup>
      {choose.error ? <TroubleNotice error={choose.error} /> : null}
    </>
  );
}
