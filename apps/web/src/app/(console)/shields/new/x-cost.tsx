'use client';
import type { ConnectionView } from '@secateur/core/connections/schemas';
import { buttonLook } from '@secateur/ui/button-look';
import { Notice } from '@secateur/ui/notice';
import { useQuery } from '@tanstack/react-query';
import Link from 'next/link';
import { useTranslations } from 'next-intl';
import { useTRPC } from '~/client/trpc.ts';
import { dollars } from '~/spending/dollars.ts';

type XCostProps = { usable: readonly ConnectionView[]; offered: boolean };

/** What X charges before anything is asked of it, or why nothing can be asked there. For forms that name something on X. */
export function XCost({ usable, offered }: XCostProps) {
  const t = useTranslations('newShield.onX');
  if (!offered) return <Notice title={t('dark')}>{t('darkText')}</Notice>;
  if (!usable.some(({ network }) => network === 'x')) {
    const accounts = (
      <Link href="/accounts" className={buttonLook('quiet', 'small')}>
        {t('toAccounts')}
      </Link>
    );
    return (
      <Notice tone="warn" title={t('noAccount')} actions={accounts}>
        {t('noAccountText')}
      </Notice>
    );
  }
  return <Prices />;
}

function Prices() {
  const t = useTranslations('newShield.onX');
  const trpc = useTRPC();
  const { data } = useQuery(trpc.spending.get.queryOptions());
  if (!data) return null;
  const left = Math.max(0, data.cap - data.spent);
  const spending = (
    <Link href="/settings/spending" className={buttonLook('quiet', 'small')}>
      {t('toSpending')}
    </Link>
  );
  return (
    <Notice tone={left === 0 ? 'warn' : 'note'} title={t(left === 0 ? 'nothingLeft' : 'costs')} actions={spending}>
      {t(data.cap === 0 ? 'noneText' : left === 0 ? 'nothingLeftText' : 'costsText', {
        left: dollars(left),
        cap: dollars(data.cap),
      })}
    </Notice>
  );
}
