'use client';
import { Notice } from '@secateur/ui/notice';
import { useQuery } from '@tanstack/react-query';
import { useTranslations } from 'next-intl';
import { useTRPC } from '~/client/trpc.ts';
import { useGrantWords } from './use-grant-words.ts';

/** What stands above the work: that a tenant is suspended, and for helpers whom they help, what they may, what is wished. */
export function TenantNotices() {
  const t = useTranslations('members');
  const trpc = useTRPC();
  const words = useGrantWords();
  const { data } = useQuery(trpc.tenants.current.queryOptions());
  // Who is suspended because everything is to be deleted is told that instead.
  const deletion = useQuery(trpc.deletion.view.queryOptions());
  if (!data) return null;
  return (
    <div className="mb-6 grid gap-4 empty:hidden">
      {data.suspended && deletion.data === null ? (
        <Notice tone="warn" title={t('suspendedTitle')}>
          {t('suspendedText')}
        </Notice>
      ) : null}
      {data.role === 'helper' ? (
        <Notice title={t('helping', { tenant: data.name })}>
          {data.grants.length === 0 ? <p>{t('nothingGranted')}</p> : null}
          {data.grants.length > 0 ? (
            <ul>
              {data.grants.map((grant) => (
                <li key={grant.connectionId}>{words(grant)}</li>
              ))}
            </ul>
          ) : null}
          {data.wishes ? (
            <div className="mt-3">
              <p className="font-semibold">{t('wishesOf', { tenant: data.name })}</p>
              <p className="whitespace-pre-line">{data.wishes}</p>
            </div>
          ) : null}
        </Notice>
      ) : null}
      {data.role === 'viewer' ? <Notice>{t('viewing', { tenant: data.name })}</Notice> : null}
    </div>
  );
}
