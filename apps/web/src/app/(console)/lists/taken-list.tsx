'use client';
import type { SubscriptionView } from '@secateur/core/sharing/schemas';
import { Button } from '@secateur/ui/button';
import { Card } from '@secateur/ui/card';
import { Notice } from '@secateur/ui/notice';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useRouter } from 'next/navigation';
import { useTranslations } from 'next-intl';
import { useEffect } from 'react';
import { TroubleNotice } from '~/client/trouble-notice.tsx';
import { useTRPC } from '~/client/trpc.ts';
import { writeDraft } from '~/client/use-draft.ts';
import { EMPTY_DRAFT, SHIELD_DRAFT } from '~/shield/draft.ts';
import { EMPTY_SOURCE } from '~/shield/draft-source.ts';
import { useMay } from '~/tenant/use-may.ts';
import { markSeen } from './seen.ts';

/** Somebody else's list: how far it is, what changed, and what waits for a yes. */
export function TakenList({ list, say }: { list: SubscriptionView; say: (what: string) => void }) {
  const t = useTranslations();
  const trpc = useTRPC();
  const router = useRouter();
  const may = useMay();
  const queryClient = useQueryClient();
  const { id, title, network, mode, size, asks, added, forgiven, changedAt, endedAt } = list;
  useEffect(() => markSeen({ id, changedAt }), [id, changedAt]);
  const done = (what: string) => ({
    onSuccess: () => {
      say(what);
      return queryClient.invalidateQueries(trpc.lists.pathFilter());
    },
  });
  const accept = useMutation(trpc.lists.accept.mutationOptions(done(t('lists.accepted'))));
  const freeze = useMutation(trpc.lists.freeze.mutationOptions(done(t('lists.frozen'))));
  const use = () => {
    const file = { id, name: title, network };
    writeDraft(SHIELD_DRAFT, { ...EMPTY_DRAFT, sources: [{ ...EMPTY_SOURCE, id, file }] });
    router.push('/shields/new');
  };
  const trouble = accept.error ?? freeze.error;
  const keep = (
    <Button look="quiet" size="small" busy={freeze.isPending} onClick={() => freeze.mutate({ id })}>
      {t('lists.keep')}
    </Button>
  );
  const follows = mode === 'follow' && endedAt === null && may('lists.end');
  return (
    <Card>
      <div className="grid gap-3">
        <h3 className="text-lg wrap-anywhere">
          <bdi>{title}</bdi>
        </h3>
        <p className="text-soft">{t('lists.size', { count: size, network: t(`accounts.network.${network}`) })}</p>
        <p>{endedAt ? t('lists.over') : list.complete ? t(`lists.modes.${mode}`) : t('lists.coming')}</p>
        {changedAt ? (
          <p className="text-soft">
            {t('lists.changes', { added, forgiven })} {t('lists.changedAt', { date: changedAt })}
          </p>
        ) : null}
        {asks ? (
          <Notice
            tone="warn"
            title={t('lists.asks', { count: asks.count })}
            actions={
              may('lists') ? (
                <>
                  <Button
                    size="small"
                    busy={accept.isPending}
                    onClick={() => accept.mutate({ id, change: asks.change })}
                  >
                    {t('lists.accept')}
                  </Button>
                  {keep}
                </>
              ) : undefined
            }
          >
            {t('lists.asksText')}
          </Notice>
        ) : null}
        {trouble ? <TroubleNotice error={trouble} /> : null}
        <div className="flex flex-wrap gap-3">
          {may('prepare') ? (
            <Button size="small" aria-label={t('lists.useOf', { title })} onClick={use}>
              {t('lists.use')}
            </Button>
          ) : null}
          {follows && !asks ? keep : null}
        </div>
      </div>
    </Card>
  );
}
