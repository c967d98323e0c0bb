'use client';
import { networkNamed } from '@secateur/core/oauth/policy';
import { Button } from '@secateur/ui/button';
import { TextField } from '@secateur/ui/field';
import { Skeleton } from '@secateur/ui/skeleton';
import { useMutation, useQuery } from '@tanstack/react-query';
import { useRouter } from 'next/navigation';
import { useTranslations } from 'next-intl';
import { type FormEvent, useState } from 'react';
import { TroubleNotice } from '~/client/trouble-notice.tsx';
import { useTRPC } from '~/client/trpc.ts';
import { useDraft } from '~/client/use-draft.ts';
import { draftSchema, EMPTY_DRAFT, inputOf, type Missing, missingIn, SHIELD_DRAFT } from '~/shield/draft.ts';
import { ActionChoice } from './action-choice.tsx';
import { AsChoice } from './as-choice.tsx';
import { CoverChoice } from './cover-choice.tsx';
import { HoldField } from './hold-field.tsx';
import { SpareChoice } from './spare-choice.tsx';

/** The order for a shield. Sending it starts a preview; what was typed is kept until the shield is raised. */
export function ShieldForm({ demo }: { demo: boolean }) {
  const t = useTranslations();
  const router = useRouter();
  const trpc = useTRPC();
  const { draft, setDraft, ready } = useDraft(SHIELD_DRAFT, draftSchema, EMPTY_DRAFT);
  const connections = useQuery(trpc.connections.list.queryOptions());
  const [missing, setMissing] = useState<Missing[]>([]);
  const preview = useMutation(
    trpc.shields.startPreview.mutationOptions({ onSuccess: ({ id }) => router.push(`/shields/${id}/preview`) }),
  );
  if (!ready || connections.isPending) return <Skeleton label={t('common.loading')} lines={8} />;
  if (!connections.data) {
    return <TroubleNotice error={connections.error} onRetry={() => void connections.refetch()} />;
  }
  const usable = connections.data.filter(({ state }) => state === 'ready');
  const { connectionIds } = draft;
  // Left alone, those of the network that the account is named on, else of the first one.
  const network = networkNamed(draft.query) ?? usable[0]?.network;
  const chosen = usable.filter((one) => connectionIds?.includes(one.id) ?? one.network === network);
  const ids = chosen.map(({ id }) => id);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    const lacks = missingIn(draft, chosen);
    setMissing(lacks);
    const [first] = lacks;
    if (first) document.getElementById(first === 'mixed' ? 'as' : first)?.focus();
    else preview.mutate(inputOf(draft, ids));
  };
  return (
    <form noValidate onSubmit={submit} className="grid gap-8">
      <TextField
        id="query"
        label={t('newShield.query')}
        hint={t('newShield.queryHint')}
        error={missing.includes('query') ? t('newShield.queryMissing') : undefined}
        autoComplete="off"
        autoCapitalize="none"
        autoCorrect="off"
        spellCheck={false}
        maxLength={300}
        value={draft.query}
        onChange={(event) => setDraft({ query: event.target.value })}
      />
      <CoverChoice draft={draft} setDraft={setDraft} missing={missing.includes('cover')} />
      <ActionChoice draft={draft} setDraft={setDraft} />
      <HoldField draft={draft} setDraft={setDraft} demo={demo} />
      <AsChoice
        connections={connections.data}
        chosen={ids}
        setChosen={(connectionIds) => setDraft({ connectionIds })}
        error={
          missing.includes('as')
            ? t('newShield.asMissing')
            : missing.includes('mixed')
              ? t('newShield.asMixed')
              : undefined
        }
      />
      <SpareChoice draft={draft} setDraft={setDraft} />
      {preview.error ? <TroubleNotice error={preview.error} /> : null}
      <div>
        <Button type="submit" busy={preview.isPending || preview.isSuccess}>
          {preview.isPending || preview.isSuccess ? t('newShield.sending') : t('newShield.submit')}
        </Button>
      </div>
    </form>
  );
}
