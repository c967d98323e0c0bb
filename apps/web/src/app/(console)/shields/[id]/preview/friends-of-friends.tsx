'use client';
import type { PreviewView } from '@secateur/core/shields/schemas';
import { Button } from '@secateur/ui/button';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useTranslations } from 'next-intl';
import { TroubleNotice } from '~/client/trouble-notice.tsx';
import { useTRPC } from '~/client/trpc.ts';
import { PersonName } from '~/parts/person-name.tsx';
import { useMay } from '~/tenant/use-may.ts';

/** Who in the crowd is followed by many of those whom the member follows: to be looked through by hand, once somebody opens it. */
export function FriendsOfFriends({ view }: { view: PreviewView }) {
  const t = useTranslations('preview.friends');
  const trpc = useTRPC();
  const may = useMay();
  const queryClient = useQueryClient();
  const refresh = () =>
    Promise.all([
      queryClient.invalidateQueries(trpc.shields.preview.queryFilter({ id: view.id })),
      queryClient.invalidateQueries(trpc.exemptions.pathFilter()),
    ]);
  const look = useMutation(trpc.shields.lookForFriends.mutationOptions({ onSuccess: refresh }));
  const spare = useMutation(trpc.exemptions.allowSome.mutationOptions({ onSuccess: refresh }));
  const { friends } = view;
  if (!friends) return null;
  const { state, answered, people } = friends;
  const all = people.map(({ profileId }) => profileId);
  const sparing = (ids: string[]) => spare.isPending && spare.variables.profileIds.join() === ids.join();
  return (
    <details className="rounded-card border border-line bg-surface open:pb-4">
      <summary className="min-h-11 rounded-card px-5 py-2.5 font-semibold text-brand">
        {state === 'known' ? t('summaryKnown', { count: people.length }) : t('summary')}
      </summary>
      <div className="grid gap-3 px-5">
        <p className="text-soft">{t('what')}</p>
        {look.error ? <TroubleNotice error={look.error} /> : null}
        {spare.error ? <TroubleNotice error={spare.error} /> : null}
        {state === 'unasked' && may('prepare') ? (
          <div>
            <Button look="quiet" size="small" busy={look.isPending} onClick={() => look.mutate({ id: view.id })}>
              {t('look')}
            </Button>
          </div>
        ) : null}
        {state === 'looking' ? <p role="status">{t('looking')}</p> : null}
        {state === 'known' ? <p role="status">{t('answered', { answered, count: people.length })}</p> : null}
        {people.length > 0 ? (
          <ul className="divide-y divide-line">
            {people.map(({ profileId, handle, displayName, knownBy }) => (
              <li key={profileId} className="flex flex-wrap items-center justify-between gap-x-4 gap-y-2 py-3">
                <div className="min-w-0">
                  <PersonName displayName={displayName} handle={handle} />
                  <p className="text-soft text-sm">{t('knownBy', { count: knownBy })}</p>
                </div>
                {may('people') ? (
                  <Button
                    look="quiet"
                    size="small"
                    aria-label={t('spareOf', { handle })}
                    busy={sparing([profileId])}
                    onClick={() => spare.mutate({ profileIds: [profileId] })}
                  >
                    {t('spare')}
                  </Button>
                ) : null}
              </li>
            ))}
          </ul>
        ) : null}
        {people.length > 1 && may('people') ? (
          <div>
            <Button look="quiet" busy={sparing(all)} onClick={() => spare.mutate({ profileIds: all })}>
              {t('spareAll', { count: people.length })}
            </Button>
          </div>
        ) : null}
      </div>
    </details>
  );
}
