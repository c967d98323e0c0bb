import { problemOf } from '@secateur/base';
import { viewFlow } from '@secateur/core/oauth';
import type { FlowView } from '@secateur/core/oauth/schemas';
import type { Metadata } from 'next';
import { getMessages, getTranslations } from 'next-intl/server';
import { z } from 'zod';
import { Intl18n } from '~/client/intl.tsx';
import { deps } from '~/deps.ts';
import { PlainPage } from '~/parts/plain-page.tsx';
import { browserOf } from '~/server/oauth/browser-cookie.ts';
import { Lost } from './lost.tsx';
import { Moment } from './moment.tsx';

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations('moment');
  return { title: t('title'), referrer: 'no-referrer', robots: { index: false } };
}

/** Where somebody waits on the way to their network's server, and on the way back. */
export default async function Network({ params }: { params: Promise<{ id: string }> }) {
  const { id } = await params;
  const flow = await find(id);
  return (
    <PlainPage>
      <Intl18n messages={await getMessages()}>
        {flow ? <Moment id={flow.id} account={flow.account} /> : <Lost problem="sign_in_stale" connects={false} />}
      </Intl18n>
    </PlainPage>
  );
}

async function find(id: string): Promise<FlowView | null> {
  if (!z.uuid().safeParse(id).success) return null;
  const { db, clock } = deps();
  try {
    return await viewFlow({ prisma: db.prisma, clock, browser: await browserOf() }, { id });
  } catch (error) {
    if (problemOf(error) === null) throw error;
    return null;
  }
}
