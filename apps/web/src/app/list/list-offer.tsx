'use client';
import { buttonLook } from '@secateur/ui/button-look';
import { Skeleton } from '@secateur/ui/skeleton';
import Link from 'next/link';
import { useTranslations } from 'next-intl';
import { useKeptToken } from '~/client/kept-token.ts';
import { LIST_TOKEN, TakeList } from './take-list.tsx';

/** What somebody's link leads to; who isn't signed in does that first. */
export function ListOffer({ signedIn }: { signedIn: boolean }) {
  const t = useTranslations();
  const token = useKeptToken(LIST_TOKEN);
  if (token === undefined) return <Skeleton label={t('common.loading')} />;
  if (token === null) {
    return (
      <div className="grid gap-5">
        <h1 className="text-3xl">{t('lists.offer.none')}</h1>
        <p>{t('lists.offer.noneText')}</p>
      </div>
    );
  }
  if (signedIn) return <TakeList token={token} />;
  return (
    <div className="grid gap-5">
      <h1 className="text-3xl">{t('lists.offer.heading')}</h1>
      <p>{t('lists.offer.signIn')}</p>
      <div>
        <Link href="/sign-in?back=/list" className={buttonLook()}>
          {t('lists.offer.toSignIn')}
        </Link>
      </div>
    </div>
  );
}
