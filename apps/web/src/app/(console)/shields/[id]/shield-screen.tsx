'use client';
import { buttonLook } from '@secateur/ui/button-look';
import { Skeleton } from '@secateur/ui/skeleton';
import { useQuery } from '@tanstack/react-query';
import Link from 'next/link';
import { useTranslations } from 'next-intl';
import { TroubleNotice } from '~/client/trouble-notice.tsx';
import { useTRPC } from '~/client/trpc.ts';
import { Renewal } from '../renewal.tsx';
import { Actions } from './actions.tsx';
import { Keeping } from './keeping.tsx';
import { Notes } from './notes.tsx';
import { Ordered } from './ordered.tsx';
import { ShareList } from './share-list.tsx';
import { Standing } from './standing.tsx';
import { Targets } from './targets.tsx';
import { Title } from './title.tsx';
import { Trouble } from './trouble.tsx';
import { When } from './when.tsx';

/** A shield, followed live. */
export function ShieldScreen({ id }: { id: string }) {
  const t = useTranslations('common');
  const trpc = useTRPC();
  const { data: shield, error, isPending, refetch } = useQuery(trpc.shields.get.queryOptions({ id }));
  if (isPending) return <Skeleton label={t('loading')} lines={8} />;
  if (!shield) {
    const toShields = (
      <Link href="/shields" className={buttonLook('quiet', 'small')}>
        {t('toShields')}
      </Link>
    );
    return <TroubleNotice error={error} onRetry={() => void refetch()} actions={toShields} />;
  }
  return (
    <>
      <Title shield={shield} />
      <div className="grid gap-8">
        <Trouble shield={shield} />
        <Ordered shield={shield} />
        <Renewal shields={[shield]} />
        <Standing shield={shield} />
        <div className="grid items-start gap-8 lg:grid-cols-2">
          <When shield={shield} />
          <Actions shield={shield} />
          <Keeping shield={shield} />
        </div>
        <ShareList shield={shield} />
        <Notes shield={shield} />
        <Targets id={id} />
      </div>
    </>
  );
}
