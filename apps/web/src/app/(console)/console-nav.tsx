'use client';
import { HeartHandshake, Scissors, Settings, UserRound } from 'lucide-react';
import Link from 'next/link';
import { usePathname } from 'next/navigation';
import { useTranslations } from 'next-intl';

const PLACES = [
  { href: '/shields', name: 'shields', sign: Scissors },
  { href: '/accounts', name: 'accounts', sign: UserRound },
  { href: '/people', name: 'people', sign: HeartHandshake },
  { href: '/settings', name: 'settings', sign: Settings },
] as const;

/** The console's places. */
export function ConsoleNav() {
  const t = useTranslations('nav');
  const path = usePathname();
  return (
    <nav aria-label={t('label')}>
      <ul className="-mx-3 flex gap-1">
        {PLACES.map(({ href, name, sign: Sign }) => {
          const here = path === href || path.startsWith(`${href}/`);
          return (
            <li key={href}>
              <Link
                href={href}
                aria-current={here ? (path === href ? 'page' : 'true') : undefined}
                className="inline-flex min-h-11 items-center gap-2 rounded-control px-3 font-medium text-on-band decoration-2 underline-offset-8 hover:underline aria-[current]:underline"
              >
                <Sign aria-hidden size={18} className="hidden sm:block" />
                {name === 'people' ? (
                  <>
                    <span className="hidden sm:inline">{t('people')}</span>
                    <span className="sm:hidden">{t('peopleShort')}</span>
                  </>
                ) : (
                  t(name)
                )}
              </Link>
            </li>
          );
        })}
      </ul>
    </nav>
  );
}
