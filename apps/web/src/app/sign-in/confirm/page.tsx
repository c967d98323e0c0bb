import { Button } from '@secateur/ui/button';
import { buttonLook } from '@secateur/ui/button-look';
import type { Metadata } from 'next';
import Link from 'next/link';
import { getTranslations } from 'next-intl/server';
import { PlainPage } from '~/parts/plain-page.tsx';
import { safePath } from '~/server/sign-in/safe-path.ts';

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations('confirm');
  // The address holds what signs in: it is nobody else's.
  return { title: t('title'), referrer: 'no-referrer', robots: { index: false } };
}

type ConfirmProps = { searchParams: Promise<{ token?: string; email?: string; callbackUrl?: string }> };

export default async function Confirm({ searchParams }: ConfirmProps) {
  const { token, email, callbackUrl } = await searchParams;
  const t = await getTranslations('confirm');
  if (!token || !email) {
    return (
      <PlainPage>
        <div className="grid gap-5">
          <h1 className="text-3xl">{t('brokenHeading')}</h1>
          <p>{t('broken')}</p>
          <div>
            <Link href="/sign-in" className={buttonLook()}>
              {t('again')}
            </Link>
          </div>
        </div>
      </PlainPage>
    );
  }
  return (
    <PlainPage>
      <form method="get" action="/api/auth/callback/email" className="grid gap-5">
        <h1 className="text-3xl">{t('heading')}</h1>
        <p>{t.rich('text', { who: () => <strong className="wrap-anywhere">{email}</strong> })}</p>
        <input type="hidden" name="token" value={token} />
        <input type="hidden" name="email" value={email} />
        <input type="hidden" name="callbackUrl" value={safePath(pathOf(callbackUrl))} />
        <div>
          <Button type="submit">{t('submit')}</Button>
        </div>
        <p className="text-soft text-sm">{t('why')}</p>
      </form>
    </PlainPage>
  );
}

/** next-auth makes the way back a whole address of ours; only its path is taken from it. */
function pathOf(callbackUrl: string | undefined): string | null {
  if (!callbackUrl || !URL.canParse(callbackUrl)) return callbackUrl ?? null;
  const { pathname, search } = new URL(callbackUrl);
  return `${pathname}${search}`;
}
