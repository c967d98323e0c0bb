'use client';
import { networkMeant } from '@secateur/core/oauth/policy';
import type { ConsentNetwork } from '@secateur/core/oauth/schemas';
import { Card } from '@secateur/ui/card';
import { TextField } from '@secateur/ui/field';
import { useTranslations } from 'next-intl';
import { type FormEvent, useState } from 'react';
import { z } from 'zod';
import { TroubleNotice } from '~/client/trouble-notice.tsx';
import { BACK, useConsent } from '~/client/use-consent.ts';
import { useDraft } from '~/client/use-draft.ts';
import { NetworkButtons, pressedIn } from '~/parts/network-buttons.tsx';
import { ConnectForm } from './connect-form.tsx';

const DRAFT = 'consent';
const draftSchema = z.object({ account: z.string() });
const EMPTY = { account: '' };

/** Connects an account by its owner's consent, or on Bluesky with an app password where that is not to be had. */
export function ConsentForm({ networks }: { networks: readonly ConsentNetwork[] }) {
  const t = useTranslations('accounts.connect');
  const { draft, setDraft } = useDraft(DRAFT, draftSchema, EMPTY);
  const [missing, setMissing] = useState(false);
  const consent = useConsent();
  const offersX = networks.includes('x');
  const account = draft.account.trim().replace(/^@/, '');
  const submit = (event: FormEvent) => {
    event.preventDefault();
    setMissing(account === '');
    if (account === '') document.getElementById('account')?.focus();
    else consent.mutate({ network: networkMeant(account, pressedIn(event.nativeEvent)), account, back: BACK });
  };
  return (
    <Card>
      <div className="grid gap-6">
        <form noValidate onSubmit={submit} className="grid gap-5">
          <h2 className="text-xl">{t('heading')}</h2>
          <p>{t('intro')}</p>
          <TextField
            id="account"
            label={t(offersX ? 'accountX' : 'account')}
            hint={t(offersX ? 'accountXHint' : 'accountHint')}
            error={missing ? t('handleMissing') : undefined}
            autoComplete="username"
            autoCapitalize="none"
            autoCorrect="off"
            spellCheck={false}
            value={draft.account}
            onChange={(event) => setDraft({ account: event.target.value })}
          />
          {consent.error ? <TroubleNotice error={consent.error} /> : null}
          <NetworkButtons busy={consent.isPending} label={(network) => t(`consent.${network}`)} networks={networks} />
          <p className="text-soft">{t(offersX ? 'xCosts' : 'xNot')}</p>
        </form>
        <details className="border-line border-t pt-4">
          <summary className="w-fit cursor-pointer font-semibold text-brand underline underline-offset-4">
            {t('byPassword')}
          </summary>
          <ConnectForm />
        </details>
      </div>
    </Card>
  );
}
