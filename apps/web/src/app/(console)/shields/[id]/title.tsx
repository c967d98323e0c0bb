'use client';
import type { ShieldView } from '@secateur/core/shields/schemas';
import { Tag } from '@secateur/ui/tag';
import { useFormatter, useTranslations } from 'next-intl';
import { PageHeading } from '~/parts/page-heading.tsx';

/** Whom the shield is against, and what it does as whom. */
export function Title({ shield }: { shield: ShieldView }) {
  const t = useTranslations();
  const format = useFormatter();
  const { subject, query, includesFollowers, action, connections, raisedAt } = shield;
  const name = subject ? t('common.handle', { handle: subject.handle }) : query;
  const accounts = format.list(connections.map(({ handle }) => t('common.handle', { handle })));
  return (
    <PageHeading
      title={includesFollowers ? t('shield.headingBoth', { name }) : t('shield.headingOne', { name })}
      intro={
        <>
          {t('shield.about', { action, accounts })}{' '}
          <Tag>{shield.public ? t('shield.public') : t('shield.private')}</Tag>
          {raisedAt ? <span className="block text-sm">{t('shield.raised', { date: raisedAt })}</span> : null}
        </>
      }
    />
  );
}
