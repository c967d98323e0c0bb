'use client';
import Link from 'next/link';
import { usePathname } from 'next/navigation';
import { useTranslations } from 'next-intl';

const PLACES = [{ href: '/settings/security', name: 'security' }] as const;

/** The settings' own places. */
export function SettingsNav() {
  const t = useTranslations('settings');
  const path = usePathname();
  return (
    <nav aria-label={t('label')} className="mb-7 border-line border-b">
      <ul className="-mx-3 flex flex-wrap gap-1">
        {PLACES.map(({ href, name }) => (
          <li key={href}>
            <Link
              href={href}
              aria-current={path === href ? 'page' : undefined}
              className="inline-flex min-h-11 items-center border-transparent border-b-2 px-3 font-medium text-soft hover:text-ink aria-[current]:border-brand aria-[current]:text-ink"
            >
              {t(name)}
            </Link>
          </li>
        ))}
      </ul>
    </nav>
  );
}
