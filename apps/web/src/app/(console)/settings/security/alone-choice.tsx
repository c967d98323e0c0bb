'use client';
import { Choice, ChoiceGroup } from '@secateur/ui/choice';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useTranslations } from 'next-intl';
import { useState } from 'react';
import { TroubleNotice } from '~/client/trouble-notice.tsx';
import { useTRPC } from '~/client/trpc.ts';

/** Whether a passkey comes after the link, or opens the door by itself. */
export function AloneChoice({ alone }: { alone: boolean }) {
  const t = useTranslations('security.passkeys');
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  // Shown from the press on: what the mutation itself tells comes a moment later, and the button would jump back.
  const [wanted, setWanted] = useState<boolean | null>(null);
  const save = useMutation(
    trpc.passkeys.letAlone.mutationOptions({
      onSuccess: () => queryClient.invalidateQueries(trpc.passkeys.pathFilter()),
      onSettled: () => setWanted(null),
    }),
  );
  const choose = (next: boolean) => {
    setWanted(next);
    save.mutate({ alone: next });
  };
  const shown = wanted ?? alone;
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
          onChange={() => choose(false)}
        />
        <Choice
          id="passkey-alone"
          type="radio"
          name="passkey-mode"
          label={t('alone')}
          hint={t('aloneHint')}
          checked={shown}
          onChange={() => choose(true)}
        />
      </ChoiceGroup>
      {save.error ? <TroubleNotice error={save.error} /> : null}
    </>
  );
}
