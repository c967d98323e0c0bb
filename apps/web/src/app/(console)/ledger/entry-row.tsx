'use client';
import type { LedgerEntry } from '@secateur/core/ledger/schemas';
import { Td } from '@secateur/ui/table';
import Link from 'next/link';
import { useTranslations } from 'next-intl';
import { PersonName } from '~/parts/person-name.tsx';
import { ChooseBox } from './choose-box.tsx';
import { WhatBecame } from './what-became.tsx';

type EntryRowProps = {
  entry: LedgerEntry;
  hidden: boolean;
  /** Null where nobody on the page can be chosen; without `isChosen` where this one can't. */
  choice: { isChosen?: boolean } | null;
  onChoose: (chosen: boolean) => void;
};

/** Somebody, the shield that covers them, and what became of it. */
export function EntryRow({ entry, hidden, choice, onChoose }: EntryRowProps) {
  const t = useTranslations();
  const { handle, displayName, account, shield } = entry;
  return (
    <tr data-standing={entry.standing}>
      {choice ? (
        <Td>
          {choice.isChosen === undefined ? null : (
            <ChooseBox
              label={hidden ? t('ledger.choose') : t('ledger.chooseOf', { handle })}
              checked={choice.isChosen}
              onChange={onChoose}
            />
          )}
        </Td>
      ) : null}
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
