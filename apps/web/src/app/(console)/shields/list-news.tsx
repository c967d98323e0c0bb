'use client';
import type { SubscriptionView } from '@secateur/core/sharing/schemas';
import { buttonLook } from '@secateur/ui/button-look';
import { Notice } from '@secateur/ui/notice';
import { useQuery } from '@tanstack/react-query';
import Link from 'next/link';
import { useTranslations } from 'next-intl';
import { useTRPC } from '~/client/trpc.ts';
import { useMay } from '~/tenant/use-may.ts';
import { isNews } from '../lists/seen.ts';

/** Tells of lists that wait for a yes, and of what changed on others, where everybody looks first. */
export function ListNews() {
  const trpc = useTRPC();
  const may = useMay();
  const tenant = useQuery(trpc.tenants.current.queryOptions());
  const { data } = useQuery(trpc.lists.list.queryOptions(undefined, { enabled: !!tenant.data && may('lists') }));
  const asking = data?.taken.filter(({ asks }) => asks !== null) ?? [];
  const changed = data?.taken.filter((list) => list.asks === null && isNews(list)) ?? [];
  if (asking.length + changed.length === 0) return null;
  return (
    <div className="mb-6 grid max-w-3xl gap-3">
      <Asking lists={asking} />
      <Changed lists={changed} />
    </div>
  );
}

type ListsProps = { lists: readonly SubscriptionView[] };

function Asking({ lists }: ListsProps) {
  const t = useTranslations('lists');
  const [first] = lists;
  if (!first) return null;
  const count = lists.reduce((sum, { asks }) => sum + (asks?.count ?? 0), 0);
  return (
    <Notice tone="warn" title={t('asks', { count })} actions={<ToLists />}>
      {t('asking', { count: lists.length, title: first.title })}
    </Notice>
  );
}

function Changed({ lists }: ListsProps) {
  const t = useTranslations('lists');
  const [first] = lists;
  if (!first) return null;
  const title = t('changed', { count: lists.length, title: first.title });
  return (
    <Notice title={title} actions={<ToLists />}>
      {first.endedAt ? t('over') : t('changes', { added: first.added, forgiven: first.forgiven })}
    </Notice>
  );
}

function ToLists() {
  const t = useTranslations('lists');
  return (
    <Link href="/lists" className={buttonLook('quiet', 'small')}>
      {t('toChanged')}
    </Link>
  );
}
