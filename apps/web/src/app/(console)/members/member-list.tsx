'use client';
import { Skeleton } from '@secateur/ui/skeleton';
import { useQuery } from '@tanstack/react-query';
import { useTranslations } from 'next-intl';
import { TroubleNotice } from '~/client/trouble-notice.tsx';
import { useTRPC } from '~/client/trpc.ts';
import { inUse } from '../accounts/in-use.ts';
import { MemberRow } from './member-row.tsx';

/** Everybody in the tenant, with what they may do. */
export function MemberList() {
  const t = useTranslations();
  const trpc = useTRPC();
  const members = useQuery(trpc.members.list.queryOptions());
  const tenant = useQuery(trpc.tenants.current.queryOptions());
  const connections = useQuery(trpc.connections.list.queryOptions());
  const error = members.error ?? tenant.error ?? connections.error;
  if (error && !members.data) return <TroubleNotice error={error} onRetry={() => void members.refetch()} />;
  if (!members.data || !tenant.data || !connections.data) return <Skeleton label={t('common.loading')} />;
  return (
    <ul aria-label={t('members.listLabel')} className="divide-y divide-line rounded-card border border-line bg-surface">
      {members.data.map((member) => (
        <MemberRow
          key={member.userId}
          member={member}
          myRole={tenant.data.role}
          connections={inUse(connections.data)}
        />
      ))}
    </ul>
  );
}
