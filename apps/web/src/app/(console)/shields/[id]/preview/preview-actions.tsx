'use client';
import { DEFAULT_HOLD, HOLD_NAMES, HOLDS } from '@secateur/core/shields/policy';
import type { PreviewView } from '@secateur/core/shields/schemas';
import { Button } from '@secateur/ui/button';
import { useMutation } from '@tanstack/react-query';
import { useRouter } from 'next/navigation';
import { useTranslations } from 'next-intl';
import { TroubleNotice } from '~/client/trouble-notice.tsx';
import { useTRPC } from '~/client/trpc.ts';
import { readDraft, writeDraft } from '~/client/use-draft.ts';
import { draftSchema, EMPTY_DRAFT, SHIELD_DRAFT } from '~/shield/draft.ts';
import { draftSourcesOf } from '~/shield/draft-source.ts';
import { useMay } from '~/tenant/use-may.ts';

/** Raise it, change it or discard it. */
export function PreviewActions({ view }: { view: PreviewView }) {
  const t = useTranslations('preview');
  const router = useRouter();
  const trpc = useTRPC();
  const { id, state, cost } = view;
  const raise = useMutation(
    trpc.shields.raise.mutationOptions({
      onSuccess: () => {
        writeDraft(SHIELD_DRAFT, null);
        router.push(`/shields/${id}`);
      },
    }),
  );
  const discard = useMutation(trpc.shields.discardPreview.mutationOptions());
  const change = async () => {
    if (!readDraft(SHIELD_DRAFT, draftSchema)) writeDraft(SHIELD_DRAFT, draftOf(view));
    await discard.mutateAsync({ id });
    router.push('/shields/new');
  };
  const drop = async () => {
    await discard.mutateAsync({ id });
    writeDraft(SHIELD_DRAFT, null);
    router.push('/shields');
  };
  const may = useMay();
  const allowed = may(
    'run',
    view.connections.map((connection) => connection.id),
  );
  const raisable = (state === 'listing' || state === 'ready') && !cost.tooLarge && allowed;
  const raising = raise.isPending || raise.isSuccess;
  return (
    <div className="grid gap-4">
      {raise.error ? <TroubleNotice error={raise.error} /> : null}
      {discard.error ? <TroubleNotice error={discard.error} /> : null}
      {allowed ? null : <p className="font-semibold">{t('notYours')}</p>}
      {state === 'resolving' ? <p className="text-soft">{t('notYet')}</p> : null}
      {state === 'listing' && raisable ? <p className="text-soft">{t('listingOn')}</p> : null}
      <div className="flex flex-wrap gap-3">
        {raisable ? (
          <Button busy={raising} onClick={() => raise.mutate({ id })}>
            {raising ? t('raising') : t('raise')}
          </Button>
        ) : null}
        <Button
          look={raisable ? 'quiet' : 'primary'}
          busy={discard.isPending}
          onClick={() => void change().catch(() => {})}
        >
          {t('change')}
        </Button>
        <Button look="plain" busy={discard.isPending} onClick={() => void drop().catch(() => {})}>
          {t('discard')}
        </Button>
      </div>
    </div>
  );
}

/** What of a form can be told from its preview, where the form itself was typed elsewhere. */
function draftOf({ sources, threshold, action, hold, connections }: PreviewView) {
  return {
    ...EMPTY_DRAFT,
    sources: draftSourcesOf(sources),
    threshold,
    action,
    hold: HOLD_NAMES.find((name) => HOLDS[name] === hold) ?? DEFAULT_HOLD,
    connectionIds: connections.map(({ id }) => id),
  };
}
