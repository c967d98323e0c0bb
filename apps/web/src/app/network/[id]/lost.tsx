'use client';
import { buttonLook } from '@secateur/ui/button-look';
import { Notice } from '@secateur/ui/notice';
import Link from 'next/link';
import { useTranslations } from 'next-intl';
import { useProblem } from '~/client/use-problem.ts';

type LostProps = { problem: string; connects: boolean; links?: boolean | undefined };

/** Why it did not work, and where to begin again. */
export function Lost({ problem, connects, links }: LostProps) {
  const t = useTranslations('moment');
  const { what, next } = useProblem()(problem);
  return (
    <div className="grid gap-6">
      <h1 className="text-3xl">{t('lost')}</h1>
      <Notice tone="danger" live="alert" title={what}>
        {next}
      </Notice>
      <div>
        <Link href={links ? '/settings/security' : connects ? '/accounts' : '/sign-in'} className={buttonLook()}>
          {links ? t('backToSettings') : connects ? t('backToAccounts') : t('backToSignIn')}
        </Link>
      </div>
    </div>
  );
}
