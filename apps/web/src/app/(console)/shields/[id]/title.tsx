'use client';
import type { ShieldView } from '@secateur/core/shields/schemas';
import { Tag } from '@secateur/ui/tag';
import { useFormatter, useTranslations } from 'next-intl';
import { Handle } from '~/parts/handle.tsx';
import { PageHeading } from '~/parts/page-heading.tsx';
import { hasSeveral } from '~/shield/has-several.ts';
import { SourceNames } from '~/shield/source-names.tsx';

/** Whom the shield is against, and what it does as whom. */
export function Title({ shield }: { shield: ShieldView }) {
  const t = useTranslations();
  const format = useFormatter();
  const { subject, query, sources, action, connections, raisedAt } = shield;
  const includesFollowers = sources.some(({ kind }) => kind === 'followers');
  const several = hasSeveral(sources);
  const who = subject ? <Handle handle={subject.handle} /> : <bdi>{query}</bdi>;
  const accounts = format.list(connections.map(({ handle }) => t('common.handle', { handle })));
  return (
    <PageHeading
      title={
        several
          ? t.rich('shield.headingSeveral', { who: () => who })
          : includesFollowers
            ? t.rich('shield.headingBoth', { who: () => who })
            : who
      }
      intro={
        <>
          {t('shield.about', { action, accounts })}{' '}
          <Tag>{shield.public ? t('shield.public') : t('shield.private')}</Tag>
          {several ? <SourceNames sources={sources} /> : null}
          {raisedAt ? <span className="block text-sm">{t('shield.raised', { date: raisedAt })}</span> : null}
        </>
      }
    />
  );
}
