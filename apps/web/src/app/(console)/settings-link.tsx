'use client';
import { Settings } from 'lucide-react';
import Link from 'next/link';
import { usePathname } from 'next/navigation';
import { useTranslations } from 'next-intl';

/** The way to the settings: a sign where there is little room. */
export function SettingsLink() {
  const t = useTranslations('nav');
  const here = usePathname().startsWith('/settings');
  return (
    <Link
      href="/settings/security"
      aria-label={t('settings')}
      aria-current={here ? 'true' : undefined}
      className="inline-flex min-h-11 min-w-11 items-center justify-center gap-2 rounded-control font-medium text-on-band underline-offset-8 hover:underline aria-[current]:underline"
    >
      <Settings aria-hidden size={20} />
      <span className="hidden lg:inline">{t('settings')}</span>
    </Link>
  );
}
