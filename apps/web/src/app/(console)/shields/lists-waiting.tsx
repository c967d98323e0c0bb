'use client';
import { buttonLook } from '@secateur/ui/button-look';
import { Notice } from '@secateur/ui/notice';
import { useQuery } from '@tanstack/react-query';
import Link from 'next/link';
import { useTranslations } from 'next-intl';
import { useTRPC } from '~/client/trpc.ts';
import { useMay } from '~/tenant/use-may.ts';

/** Tells of lists that wait for a yes, where everybody looks first. */
export function ListsWaiting() {
  const t = useTranslations('lists');
  const trpc = useTRPC();
  const may = useMay();
  const tenant = useQuery(trpc.tenants.current.queryOptions());
  const { data } = useQuery(trpc.lists.list.queryOptions(undefined, { enabled: !!tenant.data && may('lists') }));
  const asking = data?.taken.filter(({ asks }) => asks !== null) ?? [];
  const [first] = asking;
  if (!first?.asks) return null;
  return (
    <div className="mb-6 max-w-3xl">
      <Notice
        tone="warn"
        title={t('asks', { count: asking.reduce((sum, { asks }) => sum + (asks?.count ?? 0), 0) })}
        actions={
          <Link href="/lists" className={buttonLook('quiet', 'small')}>
            {t('toAsking')}
          </Link>
        }
      >
        {t('asking', { count: asking.length, title: first.title })}
      </Notice>
    </div>
  );
}
