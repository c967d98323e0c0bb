'use client';
import type { LedgerEntry, LedgerFilter, LedgerPlace } from '@secateur/core/ledger/schemas';
import { Button } from '@secateur/ui/button';
import { Skeleton } from '@secateur/ui/skeleton';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useTranslations } from 'next-intl';
import { useState } from 'react';
import { TroubleNotice } from '~/client/trouble-notice.tsx';
import { useTRPC } from '~/client/trpc.ts';
import { EVERYBODY, leavesOut } from '~/ledger/choice.ts';
import { keyOf } from '~/ledger/undoable.ts';
import { useHiddenNames } from '~/ledger/use-hidden-names.ts';
import { useMay } from '~/tenant/use-may.ts';
import { Entries } from './entries.tsx';
import { HowMany } from './how-many.tsx';
import { LedgerFilters } from './ledger-filters.tsx';
import { LedgerPages } from './ledger-pages.tsx';
import { LedgerSearch } from './ledger-search.tsx';
import { TakeLedger } from './take-ledger.tsx';
import { UndoChosen } from './undo-chosen.tsx';
import { UndoEverything } from './undo-everything.tsx';
import { UndoShown } from './undo-shown.tsx';

/** Everybody whom shields cover: what to show of them, and what became of each. */
export function Ledger({ shieldId }: { shieldId: string | null }) {
  const t = useTranslations();
  const trpc = useTRPC();
  const [filter, setFilter] = useState<LedgerFilter>({ ...EVERYBODY, shieldId });
  const [places, setPlaces] = useState<(LedgerPlace | null)[]>([null]);
  const [hidden, setHidden] = useHiddenNames();
  const [chosen, setChosen] = useState<ReadonlyMap<string, LedgerEntry>>(new Map());
  const may = useMay();
  const after = places.at(-1) ?? null;
  const { data, error, isPending, isPlaceholderData, refetch } = useQuery(
    trpc.ledger.list.queryOptions({ ...filter, after }, { placeholderData: keepPreviousData }),
  );
  // Who is chosen is on the page that is shown: nobody undoes what they don't see.
  const go = (to: (LedgerPlace | null)[]) => {
    setPlaces(to);
    setChosen(new Map());
  };
  const mark = (entries: LedgerEntry[], on: boolean) => {
    const next = new Map(chosen);
    for (const entry of entries) {
      if (on) next.set(keyOf(entry), entry);
      else next.delete(keyOf(entry));
    }
    setChosen(next);
  };
  const choose = (change: Partial<LedgerFilter>) => {
    setFilter({ ...filter, ...change });
    go([null]);
  };
  const empty = data?.items.length === 0;
  return (
    <div className="grid gap-6">
      <LedgerSearch term={filter.term} onSearch={(term) => choose({ term })} />
      <LedgerFilters filter={filter} onChoose={choose} hidden={hidden} onHide={setHidden} />
      {isPending ? <Skeleton label={t('common.loading')} lines={8} /> : null}
      {error && !data ? <TroubleNotice error={error} onRetry={() => void refetch()} /> : null}
      {data ? <HowMany page={data} first={after === null} stale={isPlaceholderData} /> : null}
      {data && empty ? (
        <div className="grid justify-items-start gap-4 rounded-card border border-edge border-dashed px-5 py-6">
          <p>{t(data.next ? 'ledger.notYet' : leavesOut(filter) ? 'ledger.emptyFiltered' : 'ledger.empty')}</p>
          {leavesOut(filter) ? (
            <Button look="quiet" onClick={() => choose(EVERYBODY)}>
              {t('ledger.showAll')}
            </Button>
          ) : null}
        </div>
      ) : null}
      {data && !empty ? (
        <Entries entries={data.items} hidden={hidden} chosen={may('undo') ? chosen : null} onChoose={mark} />
      ) : null}
      <UndoChosen chosen={[...chosen.values()]} onClear={() => setChosen(new Map())} />
      {data ? <LedgerPages places={places} setPlaces={go} next={data.next} full={data.items.length > 0} /> : null}
      {data && !empty && leavesOut(filter) && may('undo') ? (
        <UndoShown key={JSON.stringify(filter)} filter={filter} />
      ) : null}
      {data && !empty ? <TakeLedger filter={filter} /> : null}
      <UndoEverything />
    </div>
  );
}
