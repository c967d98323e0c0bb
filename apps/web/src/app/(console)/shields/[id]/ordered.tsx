'use client';
import type { ShieldView } from '@secateur/core/shields/schemas';
import { buttonLook } from '@secateur/ui/button-look';
import { Notice } from '@secateur/ui/notice';
import Link from 'next/link';
import { useTranslations } from 'next-intl';

/** Says that the shield is let go with all others, where somebody ordered that. */
export function Ordered({ shield: { letGoAt, endedAt } }: { shield: ShieldView }) {
  const t = useTranslations('shield.ordered');
  if (!letGoAt || endedAt) return null;
  return (
    <Notice
      title={t('title')}
      actions={
        <Link href="/ledger" className={buttonLook('quiet', 'small')}>
          {t('link')}
        </Link>
      }
    >
      {t('text', { date: letGoAt })}
    </Notice>
  );
}
