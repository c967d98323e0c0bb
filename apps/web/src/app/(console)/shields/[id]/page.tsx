import type { Metadata } from 'next';
import { getTranslations } from 'next-intl/server';
import { ShieldScreen } from './shield-screen.tsx';

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations('shield');
  return { title: t('title') };
}

export default async function ShieldPage({ params }: { params: Promise<{ id: string }> }) {
  const { id } = await params;
  return <ShieldScreen id={id} />;
}
