import type { Metadata } from 'next';
import { getTranslations } from 'next-intl/server';
import { PageHeading } from '~/parts/page-heading.tsx';
import { InvitationList } from './invitation-list.tsx';
import { InviteForm } from './invite-form.tsx';
import { MemberList } from './member-list.tsx';
import { WishesForm } from './wishes-form.tsx';

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations('members');
  return { title: t('title') };
}

export default async function Members() {
  const t = await getTranslations('members');
  return (
    <>
      <PageHeading title={t('heading')} intro={t('intro')} />
      <div className="grid max-w-3xl gap-10">
        <MemberList />
        <InvitationList />
        <InviteForm />
        <WishesForm />
      </div>
    </>
  );
}
