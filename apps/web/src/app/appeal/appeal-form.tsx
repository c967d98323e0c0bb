'use client';
import { MOST_LETTERS } from '@secateur/core/sharing/policy';
import { REASONS } from '@secateur/core/sharing/schemas';
import { accountIn } from '@secateur/core/uploads/policy';
import { Button } from '@secateur/ui/button';
import { Choice, ChoiceGroup } from '@secateur/ui/choice';
import { TextArea, TextField } from '@secateur/ui/field';
import { useMutation } from '@tanstack/react-query';
import { useTranslations } from 'next-intl';
import { type FormEvent, useState } from 'react';
import { TroubleNotice } from '~/client/trouble-notice.tsx';
import { useTRPC } from '~/client/trpc.ts';

const NETWORKS = ['bluesky', 'mastodon', 'x'] as const;

/** Which account, why it is a mistake, and a few words for who wants to read them. */
export function AppealForm({ onSent }: { onSent: () => void }) {
  const t = useTranslations();
  const trpc = useTRPC();
  const [network, setNetwork] = useState<(typeof NETWORKS)[number]>('bluesky');
  const [account, setAccount] = useState('');
  const [reason, setReason] = useState<(typeof REASONS)[number] | null>(null);
  const [words, setWords] = useState('');
  const [missing, setMissing] = useState<'account' | 'reason' | null>(null);
  const appeal = useMutation(trpc.lists.appeal.mutationOptions({ onSuccess: onSent }));
  const submit = (event: FormEvent) => {
    event.preventDefault();
    const lacks = accountIn(network, account) === null ? 'account' : reason === null ? 'reason' : null;
    setMissing(lacks);
    if (lacks) document.getElementById(`appeal-${lacks}`)?.focus();
    else if (reason) appeal.mutate({ network, account: account.trim(), reason, words });
  };
  return (
    <form noValidate onSubmit={submit} className="grid gap-6">
      <ChoiceGroup id="appeal-network" legend={t('appeal.network')}>
        {NETWORKS.map((one) => (
          <Choice
            key={one}
            id={`appeal-on-${one}`}
            type="radio"
            name="network"
            label={t(`accounts.network.${one}`)}
            checked={network === one}
            onChange={() => setNetwork(one)}
          />
        ))}
      </ChoiceGroup>
      <TextField
        id="appeal-account"
        label={t('appeal.account')}
        hint={t(`appeal.accountHint.${network}`)}
        error={missing === 'account' ? t('appeal.accountMissing') : undefined}
        autoComplete="off"
        autoCapitalize="none"
        spellCheck={false}
        maxLength={300}
        value={account}
        onChange={(event) => {
          setAccount(event.target.value);
          setMissing(null);
        }}
      />
      <ChoiceGroup
        id="appeal-reason"
        legend={t('appeal.reason')}
        error={missing === 'reason' ? t('appeal.reasonMissing') : undefined}
      >
        {REASONS.map((one) => (
          <Choice
            key={one}
            id={`appeal-${one}`}
            type="radio"
            name="reason"
            label={t(`appeal.reasons.${one}`)}
            checked={reason === one}
            onChange={() => {
              setReason(one);
              setMissing(null);
            }}
          />
        ))}
      </ChoiceGroup>
      <TextArea
        id="appeal-words"
        label={t('appeal.words')}
        hint={t('appeal.wordsHint', { most: MOST_LETTERS })}
        rows={4}
        maxLength={MOST_LETTERS}
        value={words}
        onChange={(event) => setWords(event.target.value)}
      />
      {appeal.error ? <TroubleNotice error={appeal.error} /> : null}
      <div>
        <Button type="submit" busy={appeal.isPending}>
          {t('appeal.submit')}
        </Button>
      </div>
    </form>
  );
}
