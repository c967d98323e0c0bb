'use client';
import type { LedgerPlace } from '@secateur/core/ledger/schemas';
import { Button } from '@secateur/ui/button';
import { useTranslations } from 'next-intl';

type LedgerPagesProps = {
  places: (LedgerPlace | null)[];
  setPlaces: (places: (LedgerPlace | null)[]) => void;
  next: LedgerPlace | null;
  /** Somebody is on this page. */
  full: boolean;
};

/** The way to the pages before and after. */
export function LedgerPages({ places, setPlaces, next, full }: LedgerPagesProps) {
  const t = useTranslations();
  if (places.length === 1 && !next) return null;
  return (
    <nav aria-label={t('ledger.pages')} className="flex flex-wrap items-center gap-4">
      {places.length > 1 ? (
        <Button look="quiet" onClick={() => setPlaces(places.slice(0, -1))}>
          {t('common.previous')}
        </Button>
      ) : null}
      <span className="text-soft tabular-nums">{t('shield.targets.page', { page: places.length })}</span>
      {next ? (
        <Button look="quiet" onClick={() => setPlaces([...places, next])}>
          {full ? t('common.next') : t('ledger.further')}
        </Button>
      ) : null}
    </nav>
  );
}
