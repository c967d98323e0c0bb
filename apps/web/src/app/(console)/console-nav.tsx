'use client';
import { useQuery } from '@tanstack/react-query';
import { HeartHandshake, ListChecks, Scissors, Settings, UserRound } from 'lucide-react';
import Link from 'next/link';
import { usePathname } from 'next/navigation';
import { useTranslations } from 'next-intl';
import { useTRPC } from '~/client/trpc.ts';

const PLACES = [
  { href: '/shields', name: 'shields', sign: Scissors },
  { href: '/accounts', name: 'accounts', sign: UserRound },
  { href: '/people', name: 'people', sign: HeartHandshake },
  { href: '/activity', name: 'activity', sign: ListChecks },
  { href: '/settings', name: 'settings', sign: Settings },
] as const;

/** The console's places. The activity is for those who may read it; on a phone it is found in the settings. */
export function ConsoleNav() {
  const t = useTranslations('nav');
  const path = usePathname();
  const trpc = useTRPC();
  const { data: tenant } = useQuery(trpc.tenants.current.queryOptions());
  const readsTrail = tenant?.role === 'owner' || tenant?.role === 'admin';
  return (
    <nav aria-label={t('label')}>
      <ul className="-mx-3 flex gap-1">
        {PLACES.filter(({ name }) => name !== 'activity' || readsTrail).map(({ href, name, sign: Sign }) => {
          const here = path === href || path.startsWith(`${href}/`);
          return (
            <li key={href} className={name === 'activity' ? 'hidden sm:block' : undefined}>
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
