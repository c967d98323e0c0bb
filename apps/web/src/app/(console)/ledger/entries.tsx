'use client';
import type { LedgerEntry } from '@secateur/core/ledger/schemas';
import { Table, Th } from '@secateur/ui/table';
import { useTranslations } from 'next-intl';
import { EntryRow } from './entry-row.tsx';

/** One page of the ledger. */
export function Entries({ entries, hidden }: { entries: LedgerEntry[]; hidden: boolean }) {
  const t = useTranslations('ledger');
  return (
    <Table
      caption={t('caption')}
      head={
        <tr>
          <Th>{t('person')}</Th>
          <Th className="max-md:hidden">{t('outcome')}</Th>
        </tr>
      }
    >
      {entries.map((entry) => (
        <EntryRow
          key={`${entry.shieldId} ${entry.accountId} ${entry.profileId} ${entry.action}`}
          entry={entry}
          hidden={hidden}
        />
      ))}
    </Table>
  );
}
