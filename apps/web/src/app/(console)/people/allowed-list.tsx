'use client';
import type { AllowedPage } from '@secateur/core/exemptions/schemas';
import { Button } from '@secateur/ui/button';
import { TextField } from '@secateur/ui/field';
import { Skeleton } from '@secateur/ui/skeleton';
import { keepPreviousData, useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useTranslations } from 'next-intl';
import { useRef, useState } from 'react';
import { TroubleNotice } from '~/client/trouble-notice.tsx';
import { useTRPC } from '~/client/trpc.ts';
import { PersonName } from '~/parts/person-name.tsx';

type Place = AllowedPage['next'];

/** The allow list, a page at a time, with a search and a way off it. */
export function AllowedList() {
  const t = useTranslations();
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  const said = useRef<HTMLParagraphElement>(null);
  const [gone, setGone] = useState<string | null>(null);
  const [text, setText] = useState('');
  const [places, setPlaces] = useState<Place[]>([null]);
  const { data, error, isPending, refetch } = useQuery(
    trpc.exemptions.find.queryOptions({ text, before: places.at(-1) ?? null }, { placeholderData: keepPreviousData }),
  );
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
  const { items, total, next } = data;
  return (
    <div className="grid max-w-3xl gap-4">
      <p ref={said} tabIndex={-1} role="status" className="font-semibold text-good empty:hidden">
        {remove.isSuccess && gone ? t('people.removed', { handle: gone }) : null}
      </p>
      {remove.error ? <TroubleNotice error={remove.error} /> : null}
      {total === 0 ? (
        <p className="rounded-card border border-edge border-dashed px-5 py-6">{t('people.empty')}</p>
      ) : (
        <>
          <TextField
            id="find-allowed"
            label={t('people.search')}
            type="search"
            autoComplete="off"
            spellCheck={false}
            maxLength={100}
            value={text}
            onChange={(event) => {
              setText(event.target.value);
              setPlaces([null]);
            }}
          />
          {items.length === 0 ? <p role="status">{t('people.noneFound')}</p> : null}
          <ul
            aria-label={t('people.listLabel')}
            className="divide-y divide-line rounded-card border border-line bg-surface empty:hidden"
          >
            {items.map((person) => (
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
          <div className="flex flex-wrap gap-3">
            {places.length > 1 ? (
              <Button look="quiet" onClick={() => setPlaces(places.slice(0, -1))}>
                {t('people.back')}
              </Button>
            ) : null}
            {next ? (
              <Button look="quiet" onClick={() => setPlaces([...places, next])}>
                {t('people.more')}
              </Button>
            ) : null}
          </div>
        </>
      )}
    </div>
  );
}
