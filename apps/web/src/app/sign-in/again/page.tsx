import { Button } from '@secateur/ui/button';
import { Notice } from '@secateur/ui/notice';
import type { Metadata } from 'next';
import { redirect } from 'next/navigation';
import { getTranslations } from 'next-intl/server';
import { deps } from '~/deps.ts';
import { PlainPage } from '~/parts/plain-page.tsx';
import { here } from '~/server/sign-in/here.ts';
import { identitiesOf } from '~/server/ways/list.ts';
import { proveAgain } from './prove-again.ts';

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations('again');
  return { title: t('title') };
}

type Asked = { done?: string; error?: string };

/** Where somebody who is signed in proves once more that they own the account that they sign in with. */
export default async function Again({ searchParams }: { searchParams: Promise<Asked> }) {
  const { done, error } = await searchParams;
  const session = await here();
  if (!session) redirect('/sign-in');
  const t = await getTranslations('again');
  const identities = await identitiesOf(deps().db.prisma, session.userId);
  return (
    <PlainPage>
      <div className="grid gap-5">
        <h1 className="text-3xl">{t(done ? 'doneHeading' : 'heading')}</h1>
        <p>{done ? t('done') : t('text', { who: session.user.name ?? '' })}</p>
        {error === 'too-many' ? (
          <Notice tone="danger" live="alert" title={t('tooMany')}>
            {t('tooManyText')}
          </Notice>
        ) : null}
        {done ? null : (
          <form action={proveAgain} className="flex flex-wrap gap-3">
            {identities.map(({ network, nativeId, handle }) => (
              <Button key={`${network} ${nativeId}`} type="submit" name="account" value={nativeId}>
                {identities.length === 1
                  ? t('submit', { network })
                  : t('submitAs', { network, who: handle ?? nativeId })}
              </Button>
            ))}
          </form>
        )}
      </div>
    </PlainPage>
  );
}
