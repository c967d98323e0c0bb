'use client';
import { networkMeant } from '@secateur/core/oauth/policy';
import type { ConsentNetwork } from '@secateur/core/oauth/schemas';
import { Card } from '@secateur/ui/card';
import { TextField } from '@secateur/ui/field';
import { useMutation } from '@tanstack/react-query';
import { useRouter } from 'next/navigation';
import { useTranslations } from 'next-intl';
import { type FormEvent, useState } from 'react';
import { TroubleNotice } from '~/client/trouble-notice.tsx';
import { useTRPC } from '~/client/trpc.ts';
import { NetworkButtons, pressedIn } from '~/parts/network-buttons.tsx';

/** Adds an account to sign in with: sends the browser to its own server, where its owner shows that it is theirs. */
export function AddNetwork({ first, networks }: { first: boolean; networks: readonly ConsentNetwork[] }) {
  const t = useTranslations('security.ways');
  const trpc = useTRPC();
  const router = useRouter();
  const offersX = networks.includes('x');
  const [account, setAccount] = useState('');
  const [missing, setMissing] = useState(false);
  const begin = useMutation(
    trpc.ways.beginAdding.mutationOptions({ onSuccess: ({ id }) => router.push(`/network/${id}`) }),
  );
  const submit = (event: FormEvent) => {
    event.preventDefault();
    const named = account.trim().replace(/^@/, '');
    setMissing(named === '');
    if (named === '') document.getElementById('way-account')?.focus();
    else
      begin.mutate({
        network: networkMeant(account, pressedIn(event.nativeEvent)),
        account: named,
        back: '/settings/security',
      });
  };
  return (
    <Card>
      <form noValidate onSubmit={submit} className="grid gap-4">
        <h3 className="text-lg">{t(first ? 'addFirst' : 'addAnother')}</h3>
        <p className="text-soft">{t('what')}</p>
        <TextField
          id="way-account"
          label={t(offersX ? 'accountX' : 'account')}
          hint={t(offersX ? 'accountXHint' : 'accountHint')}
          error={missing ? t('accountMissing') : undefined}
          autoComplete="username"
          autoCapitalize="none"
          autoCorrect="off"
          spellCheck={false}
          maxLength={300}
          value={account}
          onChange={(event) => setAccount(event.target.value)}
        />
        {begin.error ? <TroubleNotice error={begin.error} /> : null}
        <NetworkButtons busy={begin.isPending} label={(network) => t(`add.${network}`)} networks={networks} />
      </form>
    </Card>
  );
}
