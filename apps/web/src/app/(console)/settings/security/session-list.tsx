'use client';
import { Button } from '@secateur/ui/button';
import { Card } from '@secateur/ui/card';
import { Skeleton } from '@secateur/ui/skeleton';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useTranslations } from 'next-intl';
import { useRef, useState } from 'react';
import { flushSync } from 'react-dom';
import { TroubleNotice } from '~/client/trouble-notice.tsx';
import { useTRPC } from '~/client/trpc.ts';
import { Section } from '~/parts/section.tsx';
import { EndAllDialog } from './end-all-dialog.tsx';
import { SessionRow } from './session-row.tsx';

/** Where somebody is signed in, with ways to end that. */
export function SessionList() {
  const t = useTranslations();
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  const said = useRef<HTMLParagraphElement>(null);
  const [words, setWords] = useState<string | null>(null);
  const [asking, setAsking] = useState(false);
  const { data, error, isPending, refetch } = useQuery(trpc.sessions.list.queryOptions());
  const after = ({ ended }: { ended: number }) => {
    // What is hidden while it is empty can't be given the focus.
    flushSync(() => setWords(t('security.sessions.ended', { ended })));
    said.current?.focus();
    return queryClient.invalidateQueries(trpc.sessions.pathFilter());
  };
  const endOne = useMutation(trpc.sessions.end.mutationOptions({ onSuccess: after }));
  const endOthers = useMutation(trpc.sessions.endOthers.mutationOptions({ onSuccess: after }));
  const trouble = endOne.error ?? endOthers.error;
  return (
    <Section id="sessions" heading={t('security.sessions.heading')} intro={t('security.sessions.intro')}>
      <p ref={said} tabIndex={-1} role="status" className="font-medium empty:hidden">
        {words}
      </p>
      {trouble ? <TroubleNotice error={trouble} /> : null}
      {isPending ? <Skeleton label={t('common.loading')} /> : null}
      {!isPending && !data ? <TroubleNotice error={error} onRetry={() => void refetch()} /> : null}
      {data ? (
        <Card>
          <ul aria-label={t('security.sessions.listLabel')} className="-my-3 divide-y divide-line">
            {data.map((session) => (
              <SessionRow
                key={session.id}
                session={session}
                busy={endOne.isPending}
                onEnd={() => endOne.mutate({ id: session.id })}
              />
            ))}
          </ul>
        </Card>
      ) : null}
      <div className="flex flex-wrap gap-3">
        {data && data.length > 1 ? (
          <Button look="quiet" busy={endOthers.isPending} onClick={() => endOthers.mutate()}>
            {t('security.sessions.endOthers')}
          </Button>
        ) : null}
        <Button look="quiet" onClick={() => setAsking(true)}>
          {t('security.sessions.endAll')}
        </Button>
      </div>
      <EndAllDialog open={asking} onClose={() => setAsking(false)} />
    </Section>
  );
}
