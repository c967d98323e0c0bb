'use client';
import { Button } from '@secateur/ui/button';
import { Skeleton } from '@secateur/ui/skeleton';
import { useMutation, useQuery } from '@tanstack/react-query';
import { useRouter } from 'next/navigation';
import { useTranslations } from 'next-intl';
import { type FormEvent, useState } from 'react';
import { TroubleNotice } from '~/client/trouble-notice.tsx';
import { useTRPC } from '~/client/trpc.ts';
import { useDraft } from '~/client/use-draft.ts';
import { actionOf, chosenOf, draftSchema, EMPTY_DRAFT, inputOf, missingIn, SHIELD_DRAFT } from '~/shield/draft.ts';
import { networkOf } from '~/shield/draft-source.ts';
import { ActionChoice } from './action-choice.tsx';
import { AsChoice } from './as-choice.tsx';
import { CombineChoice } from './combine-choice.tsx';
import { HoldField } from './hold-field.tsx';
import { KeepChoice } from './keep-choice.tsx';
import { ReasonField } from './reason-field.tsx';
import { Sources } from './sources.tsx';
import { SpareChoice } from './spare-choice.tsx';
import { XCost } from './x-cost.tsx';

/** The order for a shield. Sending it starts a preview; what was typed is kept until the shield is raised. */
export function ShieldForm({ demo, offersX }: { demo: boolean; offersX: boolean }) {
  const t = useTranslations();
  const router = useRouter();
  const trpc = useTRPC();
  const { draft, setDraft, ready } = useDraft(SHIELD_DRAFT, draftSchema, EMPTY_DRAFT);
  const connections = useQuery(trpc.connections.list.queryOptions());
  const [missing, setMissing] = useState<string[]>([]);
  const preview = useMutation(
    trpc.shields.startPreview.mutationOptions({ onSuccess: ({ id }) => router.push(`/shields/${id}/preview`) }),
  );
  if (!ready || connections.isPending) return <Skeleton label={t('common.loading')} lines={8} />;
  if (!connections.data) {
    return <TroubleNotice error={connections.error} onRetry={() => void connections.refetch()} />;
  }
  const usable = connections.data.filter(({ state }) => state === 'ready');
  const submit = (event: FormEvent) => {
    event.preventDefault();
    const lacks = missingIn(draft, usable);
    setMissing(lacks);
    const [first] = lacks;
    if (first) document.getElementById(first)?.focus();
    else preview.mutate(inputOf(draft, usable));
  };
  const accounts = chosenOf(draft, usable);
  const action = actionOf(draft, usable);
  const networks = draft.sources.map((source) => networkOf(source, usable));
  return (
    <form noValidate onSubmit={submit} className="grid gap-8">
      <Sources
        sources={draft.sources}
        setSources={(sources) => setDraft({ sources })}
        usable={usable}
        missing={missing}
      />
      <CombineChoice draft={draft} setDraft={setDraft} usable={usable} />
      {networks.includes('x') ? <XCost usable={usable} offered={offersX} /> : null}
      <ActionChoice accounts={accounts} action={action} setDraft={setDraft} />
      <HoldField draft={draft} setDraft={setDraft} demo={demo} />
      <KeepChoice draft={draft} setDraft={setDraft} />
      <AsChoice
        connections={connections.data}
        chosen={accounts.map(({ id }) => id)}
        setChosen={(connectionIds) => setDraft({ connectionIds })}
        networks={networks}
        error={missing.includes('as') ? t('newShield.asMissing') : undefined}
      />
      <SpareChoice
        draft={draft}
        setDraft={setDraft}
        action={action}
        networks={accounts.map(({ network }) => network)}
      />
      <ReasonField draft={draft} setDraft={setDraft} />
      {preview.error ? <TroubleNotice error={preview.error} /> : null}
      <div>
        <Button type="submit" busy={preview.isPending || preview.isSuccess}>
          {preview.isPending || preview.isSuccess ? t('newShield.sending') : t('newShield.submit')}
        </Button>
      </div>
    </form>
  );
}
