'use client';
import { Button } from '@secateur/ui/button';
import { Skeleton } from '@secateur/ui/skeleton';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useTranslations } from 'next-intl';
import { useRef, useState } from 'react';
import { TroubleNotice } from '~/client/trouble-notice.tsx';
import { useTRPC } from '~/client/trpc.ts';
import { PersonName } from '~/parts/person-name.tsx';

/** The allow list, with a way off it. */
export function AllowedList() {
  const t = useTranslations();
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  const said = useRef<HTMLParagraphElement>(null);
  const [gone, setGone] = useState<string | null>(null);
  const { data, error, isPending, refetch } = useQuery(trpc.exemptions.list.queryOptions());
  const remove = useMutation(
    trpc.exemptions.disallow.mutationOptions({
      onSuccess: () => {
        // The button that was pressed goes away with its row.
        said.current?.focus();
        return queryClient.invalidateQueries(trpc.exemptions.pathFilter());
      },
    }),
  );
  if (isPending) return <Skeleton label={t('common.loading')} />;
  if (!data) return <TroubleNotice error={error} onRetry={() => void refetch()} />;
  return (
    <div className="grid max-w-3xl gap-4">
      <p ref={said} tabIndex={-1} role="status" className="font-semibold text-good empty:hidden">
        {remove.isSuccess && gone ? t('people.removed', { handle: gone }) : null}
      </p>
      {remove.error ? <TroubleNotice error={remove.error} /> : null}
      {data.length === 0 ? (
        <p className="rounded-card border border-edge border-dashed px-5 py-6">{t('people.empty')}</p>
      ) : (
        <ul
          aria-label={t('people.listLabel')}
          className="divide-y divide-line rounded-card border border-line bg-surface"
        >
          {data.map((person) => (
            <li key={person.profileId} className="flex flex-wrap items-center justify-between gap-3 px-5 py-3">
              <div className="min-w-0">
                <PersonName displayName={person.displayName} handle={person.handle} />
                <p className="text-soft text-sm">{t('people.since', { date: person.addedAt })}</p>
              </div>
              <Button
                look="quiet"
                size="small"
                aria-label={t('people.removeOf', { handle: person.handle })}
                busy={remove.isPending && remove.variables?.profileId === person.profileId}
                onClick={() => {
                  setGone(person.handle);
                  remove.mutate({ profileId: person.profileId });
                }}
              >
                {t('people.remove')}
              </Button>
            </li>
          ))}
        </ul>
      )}
    </div>
  );
}
