'use client';
import { buttonLook } from '@secateur/ui/button-look';
import { Skeleton } from '@secateur/ui/skeleton';
import { useQuery } from '@tanstack/react-query';
import Link from 'next/link';
import { useTranslations } from 'next-intl';
import { TroubleNotice } from '~/client/trouble-notice.tsx';
import { useTRPC } from '~/client/trpc.ts';
import { AccountRow } from './account-row.tsx';

/** The connected accounts, each with its state. */
export function AccountList() {
  const t = useTranslations();
  const trpc = useTRPC();
  const { data, error, isPending, refetch } = useQuery(trpc.connections.list.queryOptions());
  if (isPending) return <Skeleton label={t('common.loading')} />;
  if (!data) return <TroubleNotice error={error} onRetry={() => void refetch()} />;
  if (data.length === 0) {
    return <p className="rounded-card border border-edge border-dashed px-5 py-6">{t('accounts.empty')}</p>;
  }
  return (
    <div className="grid gap-4">
      <ul aria-label={t('accounts.listLabel')} className="grid gap-3">
        {data.map((connection) => (
          <AccountRow key={connection.id} connection={connection} />
        ))}
      </ul>
      {data.some(({ state }) => state === 'ready') ? (
        <div>
          <Link href="/shields/new" className={buttonLook()}>
            {t('accounts.newShield')}
          </Link>
        </div>
      ) : null}
    </div>
  );
}
