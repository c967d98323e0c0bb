import { Mark } from '@secateur/ui/mark';
import { headers } from 'next/headers';
import { redirect } from 'next/navigation';
import { getMessages, getTranslations } from 'next-intl/server';
import type { ReactNode } from 'react';
import { Intl18n } from '~/client/intl.tsx';
import { LiveUpdates } from '~/client/live/live-updates.tsx';
import { Providers } from '~/client/providers.tsx';
import { SignedOutNotice } from '~/client/signed-out-notice.tsx';
import { DeletionNotice } from '~/deletion/deletion-notice.tsx';
import { HelpLink } from '~/parts/help-link.tsx';
import { QuickExit } from '~/parts/quick-exit.tsx';
import { SkipLink } from '~/parts/skip-link.tsx';
import { Wordmark } from '~/parts/wordmark.tsx';
import { here } from '~/server/sign-in/here.ts';
import { PendingNotices } from '~/step-up/pending-notices.tsx';
import { TenantChoice } from '~/tenant/tenant-choice.tsx';
import { TenantNotices } from '~/tenant/tenant-notices.tsx';
import { ConsoleNav } from './console-nav.tsx';
import { SignOutButton } from './sign-out-button.tsx';
import { TokenLevel } from './token-level.tsx';

export default async function ConsoleLayout({ children }: { children: ReactNode }) {
  const session = await here();
  if (!session) {
    const path = (await headers()).get('x-secateur-path') ?? '/shields';
    redirect(`/sign-in?${new URLSearchParams({ back: path })}`);
  }
  const messages = await getMessages();
  const t = await getTranslations('nav');
  return (
    <Intl18n messages={messages}>
      <Providers>
        <LiveUpdates />
        <QuickExit>
          <HelpLink className="font-medium" />
        </QuickExit>
        <SkipLink />
        <header className="bg-band text-on-band">
          <div className="mx-auto flex max-w-6xl flex-wrap items-center gap-x-2 px-5 py-2 sm:gap-x-6">
            <Wordmark />
            <div className="order-3 w-full sm:order-none sm:w-auto">
              <ConsoleNav />
            </div>
            <div className="ml-auto flex items-center sm:gap-4">
              <TenantChoice />
              <TokenLevel />
              <SignOutButton />
            </div>
          </div>
        </header>
        <main id="content" tabIndex={-1} className="mx-auto w-full max-w-6xl flex-1 px-5 py-8 sm:py-10">
          <SignedOutNotice />
          <DeletionNotice />
          <TenantNotices />
          <PendingNotices />
          {children}
        </main>
        <footer className="border-line border-t">
          <div className="mx-auto flex max-w-6xl items-center px-5 py-3 text-soft text-sm">
            <p className="flex items-center gap-2 wrap-anywhere">
              <Mark size={18} />
              {t('signedInAs', { who: session.user.email ?? session.user.name ?? '' })}
            </p>
          </div>
        </footer>
      </Providers>
    </Intl18n>
  );
}
