'use client';
import { Skeleton } from '@secateur/ui/skeleton';
import { useQuery } from '@tanstack/react-query';
import { useTranslations } from 'next-intl';
import { useRef, useState } from 'react';
import { TroubleNotice } from '~/client/trouble-notice.tsx';
import { useTRPC } from '~/client/trpc.ts';
import { Section } from '~/parts/section.tsx';
import { PublishedList } from './published-list.tsx';
import { TakenList } from './taken-list.tsx';

/** The lists that were taken from others, and those that others may take. */
export function Lists() {
  const t = useTranslations();
  const trpc = useTRPC();
  const heard = useRef<HTMLParagraphElement>(null);
  const [said, setSaid] = useState<string | null>(null);
  const { data, error, isPending, refetch } = useQuery(trpc.lists.list.queryOptions());
  if (isPending) return <Skeleton label={t('common.loading')} />;
  if (!data) return <TroubleNotice error={error} onRetry={() => void refetch()} />;
  // The button that was pressed may be gone.
  const say = (what: string) => {
    setSaid(what);
    heard.current?.focus();
  };
  const none = (words: string) => <p className="rounded-card border border-edge border-dashed px-5 py-6">{words}</p>;
  return (
    <div className="grid max-w-3xl gap-10">
      <p ref={heard} tabIndex={-1} role="status" className="font-semibold text-good empty:hidden">
        {said}
      </p>
      <Section id="taken" heading={t('lists.taken')} intro={t('lists.takenIntro')}>
        {data.taken.length === 0 ? none(t('lists.noneTaken')) : null}
        {data.taken.map((list) => (
          <TakenList key={list.id} list={list} say={say} />
        ))}
      </Section>
      <Section id="published" heading={t('lists.published')} intro={t('lists.publishedIntro')}>
        {data.published.length === 0 ? none(t('lists.nonePublished')) : null}
        {data.published.map((list) => (
          <PublishedList key={list.id} list={list} say={say} />
        ))}
      </Section>
    </div>
  );
}
