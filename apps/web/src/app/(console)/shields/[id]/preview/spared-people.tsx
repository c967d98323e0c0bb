'use client';
import type { PreviewView } from '@secateur/core/shields/schemas';
import { Button } from '@secateur/ui/button';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useTranslations } from 'next-intl';
import { TroubleNotice } from '~/client/trouble-notice.tsx';
import { useTRPC } from '~/client/trpc.ts';
import { PersonName } from '~/parts/person-name.tsx';

/** Who of the member's own people is in the crowd, and why each is spared. */
export function SparedPeople({ view }: { view: PreviewView }) {
  const t = useTranslations();
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  const allowed = useQuery(trpc.exemptions.list.queryOptions());
  const onList = new Set(allowed.data?.map(({ profileId }) => profileId));
  const allow = useMutation(
    trpc.exemptions.allow.mutationOptions({
      onSuccess: () => queryClient.invalidateQueries(trpc.exemptions.pathFilter()),
    }),
  );
  const count = view.spared.reduce((sum, one) => sum + one.count, 0);
  return (
    <section aria-labelledby="spared" className="grid gap-3">
      <h2 id="spared" className="text-xl">
        {t('preview.sparedHeading')}
      </h2>
      {count === 0 ? (
        <p>{view.state === 'ready' ? t('preview.sparedNone') : t('preview.sparedNoneYet')}</p>
      ) : (
        <>
          <ul className="flex flex-wrap gap-x-5 gap-y-1">
            {view.spared.map(({ reason, count: of }) => (
              <li key={reason}>{t('preview.sparedReason', { reason: t(`spared.${reason}`), count: of })}</li>
            ))}
          </ul>
          {allow.error ? <TroubleNotice error={allow.error} /> : null}
          <details className="rounded-card border border-line bg-surface open:pb-2">
            <summary className="min-h-11 rounded-card px-5 py-2.5 font-semibold text-brand">
              {t('preview.sparedSummary', { count })}
            </summary>
            <ul className="divide-y divide-line px-5">
              {view.sparedPeople.map((person) => (
                <li key={person.profileId} className="flex flex-wrap items-center justify-between gap-x-4 gap-y-2 py-3">
                  <div className="min-w-0">
                    <PersonName displayName={person.displayName} handle={person.handle} />
                    <p className="text-soft text-sm">{t(`spared.${person.reason}`)}</p>
                  </div>
                  {onList.has(person.profileId) ? (
                    <span className="font-medium text-good text-sm">{t('preview.alwaysDone')}</span>
                  ) : person.reason === 'yourself' ? null : (
                    <Button
                      look="quiet"
                      size="small"
                      aria-label={t('preview.alwaysOf', { handle: person.handle })}
                      busy={allow.isPending && allow.variables?.profileId === person.profileId}
                      onClick={() => allow.mutate({ profileId: person.profileId })}
                    >
                      {t('preview.always')}
                    </Button>
                  )}
                </li>
              ))}
            </ul>
            {view.sparedPeople.length < count ? (
              <p className="px-5 py-3 text-soft">
                {t('preview.sparedMore', { shown: view.sparedPeople.length, count })}
              </p>
            ) : null}
          </details>
        </>
      )}
    </section>
  );
}
