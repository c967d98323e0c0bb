'use client';
import type { LedgerEntry } from '@secateur/core/ledger/schemas';
import { Td } from '@secateur/ui/table';
import Link from 'next/link';
import { useTranslations } from 'next-intl';
import { PersonName } from '~/parts/person-name.tsx';
import { WhatBecame } from './what-became.tsx';

/** Somebody, the shield that covers them, and what became of it. */
export function EntryRow({ entry, hidden }: { entry: LedgerEntry; hidden: boolean }) {
  const t = useTranslations();
  const { handle, displayName, account, shield } = entry;
  return (
    <tr data-standing={entry.standing}>
      <Td>
        {hidden ? (
          <span className="text-soft">{t('ledger.hidden')}</span>
        ) : (
          <PersonName displayName={displayName} handle={handle} />
        )}
        <p className="text-soft text-sm wrap-anywhere">
          <Link href={`/shields/${shield.id}`} className="underline underline-offset-4">
            {t('ledger.under', { name: hidden ? '…' : shield.name, account: t('common.handle', { handle: account }) })}
          </Link>
        </p>
        <div className="mt-1 md:hidden">
          <WhatBecame entry={entry} hidden={hidden} />
        </div>
      </Td>
      <Td className="max-md:hidden">
        <WhatBecame entry={entry} hidden={hidden} />
      </Td>
    </tr>
  );
}
