'use client';
import type { ConsentNetwork } from '@secateur/core/oauth/schemas';
import { Choice } from '@secateur/ui/choice';
import { TextField } from '@secateur/ui/field';
import { Notice } from '@secateur/ui/notice';
import { useTranslations } from 'next-intl';
import { useActionState } from 'react';
import { NetworkButtons } from '~/parts/network-buttons.tsx';
import { continueWithNetwork, type Typed } from './continue-with-network.ts';

const EMPTY: Typed = { account: '', connect: true, missing: false };

/** Signing in with an account on a network, and having it connected if one likes. */
export function NetworkForm({ back, networks }: { back: string; networks: readonly ConsentNetwork[] }) {
  const t = useTranslations('signIn.network');
  const [typed, send, busy] = useActionState(continueWithNetwork, EMPTY);
  const offersX = networks.includes('x');
  return (
    <form action={send} noValidate aria-labelledby="with-network" className="grid gap-5">
      <h2 id="with-network" className="text-xl">
        {t(offersX ? 'headingX' : 'heading')}
      </h2>
      <p>{t('intro')}</p>
      <input type="hidden" name="back" value={back} />
      <TextField
        id="account"
        name="account"
        label={t(offersX ? 'handleX' : 'handle')}
        hint={t(offersX ? 'handleXHint' : 'handleHint')}
        error={typed.missing ? t('missing') : undefined}
        autoComplete="username"
        autoCapitalize="none"
        autoCorrect="off"
        spellCheck={false}
        defaultValue={typed.account}
        required
      />
      <div className="overflow-clip rounded-control border border-edge bg-surface">
        <Choice
          id="connect"
          name="connect"
          type="checkbox"
          label={t('connect')}
          hint={t('connectHint')}
          defaultChecked={typed.connect}
        />
      </div>
      {typed.minutes === undefined ? null : (
        <Notice tone="danger" live="alert" title={t('tooMany')}>
          {t('tooManyText', { minutes: typed.minutes })}
        </Notice>
      )}
      <NetworkButtons busy={busy} label={(network) => t(`submit.${network}`)} networks={networks} />
    </form>
  );
}
