'use client';
import { buttonLook } from '@secateur/ui/button-look';
import { Plus } from 'lucide-react';
import Link from 'next/link';
import { useTranslations } from 'next-intl';
import { useMay } from '~/tenant/use-may.ts';

/** The way to a new shield, for those who may prepare one. */
export function NewShieldLink() {
  const t = useTranslations('shields');
  const may = useMay();
  if (!may('prepare')) return null;
  return (
    <Link href="/shields/new" className={buttonLook()}>
      <Plus aria-hidden size={20} />
      {t('new')}
    </Link>
  );
}
