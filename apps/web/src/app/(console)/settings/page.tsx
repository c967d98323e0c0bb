import { Card } from '@secateur/ui/card';
import type { Metadata } from 'next';
import Link from 'next/link';
import { connection } from 'next/server';
import { getTranslations } from 'next-intl/server';
import { PageHeading } from '~/parts/page-heading.tsx';
import { connectable } from '~/server/oauth/offered.ts';
import { OrganisationForm } from './organisation-form.tsx';
import { RenameForm } from './rename-form.tsx';

/** Pages that are reached from here, in the order in which they are shown. */
const PLACES = [
  { href: '/settings/security', name: 'security' },
  { href: '/settings/contact', name: 'contact' },
  { href: '/accounts', name: 'accounts' },
  { href: '/members', name: 'members' },
  { href: '/settings/spending', name: 'spending' },
  { href: '/activity', name: 'activity' },
  { href: '/settings/data', name: 'data' },
] as const;

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations('settings');
  return { title: t('title') };
}

export default async function Settings() {
  await connection();
  const t = await getTranslations('settings');
  // Nothing costs money where X is not offered.
  const places = PLACES.filter(({ name }) => name !== 'spending' || connectable().includes('x'));
  return (
    <>
      <PageHeading title={t('heading')} intro={t('intro')} />
      <div className="grid max-w-3xl gap-8">
        <ul className="grid gap-4">
          {places.map(({ href, name }) => (
            <li key={href}>
              <Card>
                <Link href={href} className="font-semibold text-brand text-lg underline underline-offset-4">
                  {t(`places.${name}.title`)}
                </Link>
                <p className="mt-1 text-soft">{t(`places.${name}.text`)}</p>
              </Card>
            </li>
          ))}
        </ul>
        <RenameForm />
        <OrganisationForm />
      </div>
    </>
  );
}
