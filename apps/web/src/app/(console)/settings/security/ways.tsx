'use client';
import type { ConsentNetwork } from '@secateur/core/oauth/schemas';
import { Card } from '@secateur/ui/card';
import { Skeleton } from '@secateur/ui/skeleton';
import { useQuery } from '@tanstack/react-query';
import Link from 'next/link';
import { useTranslations } from 'next-intl';
import { useRef, useState } from 'react';
import { flushSync } from 'react-dom';
import { TroubleNotice } from '~/client/trouble-notice.tsx';
import { useTRPC } from '~/client/trpc.ts';
import { Section } from '~/parts/section.tsx';
import { AddNetwork } from './add-network.tsx';
import { IdentityRow } from './identity-row.tsx';

/** What one signs in with: an address, and accounts on networks. */
export function Ways({ networks }: { networks: readonly ConsentNetwork[] }) {
  const t = useTranslations();
  const trpc = useTRPC();
  const said = useRef<HTMLParagraphElement>(null);
  const [words, setWords] = useState<string | null>(null);
  const { data, error, isPending, refetch } = useQuery(trpc.ways.list.queryOptions());
  const onRemoved = (name: string) => {
    flushSync(() => setWords(t('security.ways.removed', { name })));
    said.current?.focus();
  };
  return (
    <Section id="ways" heading={t('security.ways.heading')} intro={t('security.ways.intro')}>
      <p ref={said} tabIndex={-1} role="status" className="font-medium empty:hidden">
        {words}
      </p>
      {isPending ? <Skeleton label={t('common.loading')} /> : null}
      {!isPending && !data ? <TroubleNotice error={error} onRetry={() => void refetch()} /> : null}
      {data ? (
        <Card>
          <ul aria-label={t('security.ways.listLabel')} className="-my-3 divide-y divide-line">
            <li className="flex flex-wrap items-center justify-between gap-x-6 gap-y-2 py-3">
              <div className="grid gap-0.5">
                <p className="font-medium wrap-anywhere">{data.email ?? t('security.ways.noAddress')}</p>
                <p className="text-soft text-sm">{t('security.ways.address')}</p>
              </div>
              <Link href="/settings/contact" className="font-semibold text-brand underline underline-offset-4">
                {t(data.email === null ? 'security.ways.addAddress' : 'security.ways.changeAddress')}
              </Link>
            </li>
            {data.identities.map((identity) => (
              <IdentityRow key={`${identity.network} ${identity.nativeId}`} identity={identity} onRemoved={onRemoved} />
            ))}
          </ul>
        </Card>
      ) : null}
      {data ? <AddNetwork first={data.identities.length === 0} networks={networks} /> : null}
    </Section>
  );
}
