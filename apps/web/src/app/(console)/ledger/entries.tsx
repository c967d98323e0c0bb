'use client';
import type { LedgerEntry } from '@secateur/core/ledger/schemas';
import { Table, Th } from '@secateur/ui/table';
import { useTranslations } from 'next-intl';
import { isUndoable, keyOf } from '~/ledger/undoable.ts';
import { ChooseBox } from './choose-box.tsx';
import { EntryRow } from './entry-row.tsx';

type EntriesProps = {
  entries: LedgerEntry[];
  hidden: boolean;
  /** Those who are chosen, by their keys; null where nobody can be. */
  chosen: ReadonlyMap<string, LedgerEntry> | null;
  onChoose: (entries: LedgerEntry[], chosen: boolean) => void;
};

/** One page of the ledger, in which some can be chosen. */
export function Entries({ entries, hidden, chosen, onChoose }: EntriesProps) {
  const t = useTranslations('ledger');
  const undoable = chosen ? entries.filter(isUndoable) : [];
  const all = undoable.length > 0 && undoable.every((entry) => chosen?.has(keyOf(entry)));
  return (
    <Table
      caption={t('caption')}
      head={
        <tr>
          {undoable.length > 0 ? (
            <Th className="w-10">
              <ChooseBox label={t('chooseAll')} checked={all} onChange={(on) => onChoose(undoable, on)} />
            </Th>
          ) : null}
          <Th>{t('person')}</Th>
          <Th className="max-md:hidden">{t('outcome')}</Th>
        </tr>
      }
    >
      {entries.map((entry) => (
        <EntryRow
          key={keyOf(entry)}
          entry={entry}
          hidden={hidden}
          choice={
            undoable.length === 0 ? null : isUndoable(entry) ? { isChosen: chosen?.has(keyOf(entry)) ?? false } : {}
          }
          onChoose={(on) => onChoose([entry], on)}
        />
      ))}
    </Table>
  );
}
