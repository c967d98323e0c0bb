'use client';
import { Skeleton } from '@secateur/ui/skeleton';
import { useQuery } from '@tanstack/react-query';
import { useTranslations } from 'next-intl';
import { TroubleNotice } from '~/client/trouble-notice.tsx';
import { useTRPC } from '~/client/trpc.ts';
import { FirstAddress } from './first-address.tsx';
import { SecondContact } from './second-contact.tsx';

/** The address that one signs in with, and the one that hears of what a stranger would do. */
export function Addresses() {
  const t = useTranslations('common');
  const trpc = useTRPC();
  const { data, error, isPending, refetch } = useQuery(trpc.contact.get.queryOptions());
  if (isPending) return <Skeleton label={t('loading')} />;
  if (!data) return <TroubleNotice error={error} onRetry={() => void refetch()} />;
  return (
    <>
      <SecondContact second={data.second} asked={data.secondAsked} />
      <FirstAddress email={data.email} asked={data.addressAsked} />
    </>
  );
}
