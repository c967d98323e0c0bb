import type { Metadata } from 'next';
import { redirect } from 'next/navigation';
import { getMessages, getTranslations } from 'next-intl/server';
import { Intl18n } from '~/client/intl.tsx';
import { Providers } from '~/client/providers.tsx';
import { deps } from '~/deps.ts';
import { env } from '~/env.ts';
import { PlainPage } from '~/parts/plain-page.tsx';
import { PasskeyDoor } from '~/passkey/passkey-door.tsx';
import { halfOf } from '~/server/sign-in/half.ts';
import { safePath } from '~/server/sign-in/safe-path.ts';
import { visitor } from '~/server/sign-in/visitor.ts';
import { CodeForm } from './code-form.tsx';

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations('second');
  return { title: t('title') };
}

/** The second step: a passkey, or a code that stands for it. */
export default async function Second({ searchParams }: { searchParams: Promise<{ back?: string }> }) {
  const back = safePath((await searchParams).back);
  const half = await halfOf({ prisma: deps().db.prisma, origin: env().AUTH_URL, visitor: await visitor() });
  if (!half) redirect(`/sign-in?${new URLSearchParams({ back })}`);
  const t = await getTranslations('second');
  return (
    <PlainPage>
      <Intl18n messages={await getMessages()}>
        <Providers>
          <div className="grid gap-6">
            <h1 className="text-3xl">{t('heading')}</h1>
            <p>{t('text')}</p>
            <PasskeyDoor back={back} look="primary" />
            <CodeForm back={back} />
          </div>
        </Providers>
      </Intl18n>
    </PlainPage>
  );
}
