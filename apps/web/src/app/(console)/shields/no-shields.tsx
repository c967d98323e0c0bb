'use client';
import { buttonLook } from '@secateur/ui/button-look';
import { Hedge } from '@secateur/ui/hedge';
import { useQuery } from '@tanstack/react-query';
import Link from 'next/link';
import { useTranslations } from 'next-intl';
import { useTRPC } from '~/client/trpc.ts';
import { useMay } from '~/tenant/use-may.ts';
import { inUse } from '../accounts/in-use.ts';
import { NewShieldLink } from './new-shield-link.tsx';

/** What to do first. */
export function NoShields() {
  const t = useTranslations('shields');
  const trpc = useTRPC();
  const { data } = useQuery(trpc.connections.list.queryOptions());
  const may = useMay();
  const unconnected = data !== undefined && inUse(data).length === 0 && may('connections');
  return (
    <div className="grid gap-5 rounded-card border border-edge border-dashed px-5 py-8 sm:px-8">
      <div className="max-w-md opacity-80">
        <Hedge size={32} parts={[{ kind: 'waiting', count: 1 }]} />
      </div>
      <h2 className="text-2xl">{t('emptyHeading')}</h2>
      <p className="max-w-xl">{t('emptyText')}</p>
      {unconnected ? <p className="max-w-xl font-semibold">{t('emptyAccount')}</p> : null}
      <div>
        {unconnected ? (
          <Link href="/accounts" className={buttonLook()}>
            {t('connect')}
          </Link>
        ) : (
          <NewShieldLink />
        )}
      </div>
    </div>
  );
}
