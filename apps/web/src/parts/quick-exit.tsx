import { headers } from 'next/headers';
import { getTranslations } from 'next-intl/server';
import type { ReactNode } from 'react';
import { env } from '~/env.ts';
import { NONCE } from '~/policy/content-policy.ts';

/**
 * The way out in a hurry, above everything and first for the keyboard. `public/leave.js` makes it instant; without
 * scripts it is a link that ends the session at the server. Only on pages that are made for each request. `children` stand
 * at its other end, and come after it for the keyboard.
 */
export async function QuickExit({ children }: { children?: ReactNode }) {
  const t = await getTranslations('leave');
  const nonce = (await headers()).get(NONCE) ?? undefined;
  return (
    <aside aria-label={t('region')} className="sticky top-0 z-40 border-line border-b bg-surface text-ink">
      <script async src="/leave.js" nonce={nonce} />
      <div className="mx-auto flex max-w-6xl items-center justify-end gap-4 px-5 py-1">
        <p className="hidden text-sm text-soft sm:block">{t('keys')}</p>
        <a
          href="/leave"
          rel="noreferrer"
          data-leave={env().QUICK_EXIT_URL}
          className="inline-flex min-h-11 items-center rounded-control bg-danger px-4 font-semibold text-on-danger hover:bg-danger-strong"
        >
          {t('now')}
        </a>
        <div className="order-first flex-1">{children}</div>
      </div>
    </aside>
  );
}
