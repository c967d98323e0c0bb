'use client';
import { Skeleton } from '@secateur/ui/skeleton';
import { useQuery } from '@tanstack/react-query';
import { useRouter } from 'next/navigation';
import { useTranslations } from 'next-intl';
import { useEffect } from 'react';
import { TroubleNotice } from '~/client/trouble-notice.tsx';
import { useTRPC } from '~/client/trpc.ts';
import { Actions } from './actions.tsx';
import { Standing } from './standing.tsx';
import { Targets } from './targets.tsx';
import { Title } from './title.tsx';
import { Trouble } from './trouble.tsx';
import { When } from './when.tsx';

/** A shield, followed live. */
export function ShieldScreen({ id }: { id: string }) {
  const t = useTranslations('common');
  const trpc = useTRPC();
  const router = useRouter();
  const { data: shield, error, isPending, refetch } = useQuery(trpc.shields.get.queryOptions({ id }));
  const isPreview = shield?.state === 'preview';
  useEffect(() => {
    if (isPreview) router.replace(`/shields/${id}/preview`);
  }, [isPreview, router, id]);
  if (isPending || isPreview) return <Skeleton label={t('loading')} lines={8} />;
  if (!shield) return <TroubleNotice error={error} onRetry={() => void refetch()} />;
  return (
    <>
      <Title shield={shield} />
      <div className="grid gap-8">
        <Trouble shield={shield} />
        <Standing shield={shield} />
        <div className="grid items-start gap-8 lg:grid-cols-2">
          <When shield={shield} />
          <Actions shield={shield} />
        </div>
        <Targets id={id} action={shield.action} />
      </div>
    </>
  );
}
