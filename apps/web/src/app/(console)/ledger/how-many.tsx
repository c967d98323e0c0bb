'use client';
import type { LedgerPage } from '@secateur/core/ledger/schemas';
import { useTranslations } from 'next-intl';

/** From how many on nobody needs them counted. */
const MANY = 1_000;

type HowManyProps = { page: LedgerPage; first: boolean; stale: boolean };

/** How many there are, where that is known; said aloud when what is shown changes. */
export function HowMany({ page: { count }, first, stale }: HowManyProps) {
  const t = useTranslations('ledger');
  const known = first && count !== null && !stale;
  return (
    <p role="status" className="min-h-6 font-semibold tabular-nums">
      {known ? (count > MANY ? t('many', { count: MANY }) : t('count', { count })) : null}
    </p>
  );
}
