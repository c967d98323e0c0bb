import { Button } from '@secateur/ui/button';
import { TextField } from '@secateur/ui/field';
import { Notice } from '@secateur/ui/notice';
import type { Metadata } from 'next';
import { redirect } from 'next/navigation';
import { getMessages, getTranslations } from 'next-intl/server';
import { Intl18n } from '~/client/intl.tsx';
import { Providers } from '~/client/providers.tsx';
import { PlainPage } from '~/parts/plain-page.tsx';
import { PasskeyDoor } from '~/passkey/passkey-door.tsx';
import { opensDoor } from '~/server/oauth/offered.ts';
import { here } from '~/server/sign-in/here.ts';
import { HOME, safePath } from '~/server/sign-in/safe-path.ts';
import { askForLink } from './ask-for-link.ts';
import { BeforeYouBegin } from './before-you-begin.tsx';
import { NetworkForm } from './network-form.tsx';
import { typedAddress } from './typed-address.ts';

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations('signIn');
  return { title: t('title') };
}

type SignInProps = { searchParams: Promise<{ back?: string; callbackUrl?: string; error?: string; minutes?: string }> };

export default async function SignIn({ searchParams }: SignInProps) {
  const { back, callbackUrl, error, minutes } = await searchParams;
  const t = await getTranslations('signIn');
  const target = safePath(back ?? callbackUrl);
  if (!error && (await here())) redirect(target as '/');
  const badEmail = error === 'email';
  return (
    <PlainPage>
      <div className="grid gap-6">
        <h1 className="text-3xl">{t('heading')}</h1>
        {error && !badEmail ? (
          <Notice tone="danger" live="alert" title={t('problems.title')}>
            {t(`problems.${problemOf(error)}`, { minutes: Number(minutes) || 60 })}
          </Notice>
        ) : null}
        <p>{t('intro')}</p>
        {target === HOME ? null : <p className="text-soft">{t('back')}</p>}
        <form action={askForLink} noValidate className="grid gap-5">
          <input type="hidden" name="back" value={target} />
          <TextField
            id="email"
            name="email"
            type="email"
            label={t('email')}
            hint={t('emailHint')}
            error={badEmail ? t('problems.badEmail') : undefined}
            autoComplete="email webauthn"
            inputMode="email"
            defaultValue={error ? await typedAddress() : undefined}
            required
          />
          <div>
            <Button type="submit">{t('submit')}</Button>
          </div>
        </form>
        <Intl18n messages={await getMessages()}>
          <Providers>
            <PasskeyDoor back={target} atField />
          </Providers>
          <hr className="border-line" />
          <NetworkForm back={target} networks={opensDoor()} />
        </Intl18n>
        <BeforeYouBegin />
      </div>
    </PlainPage>
  );
}

/** next-auth's names for what can go wrong, and ours. */
function problemOf(error: string): 'used' | 'tooMany' | 'tooManyHere' | 'moved' | 'other' {
  if (error === 'Verification') return 'used';
  if (error === 'too-many-here') return 'tooManyHere';
  if (error === 'moved') return 'moved';
  return error === 'too-many' ? 'tooMany' : 'other';
}
