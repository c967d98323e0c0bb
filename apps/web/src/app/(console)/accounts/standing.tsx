'use client';
import type { ConnectionView } from '@secateur/core/connections/schemas';
import type { StandingView } from '@secateur/core/readings/schemas';
import { Skeleton } from '@secateur/ui/skeleton';
import { useQuery } from '@tanstack/react-query';
import { useTranslations } from 'next-intl';
import { useState } from 'react';
import { TroubleNotice } from '~/client/trouble-notice.tsx';
import { useTRPC } from '~/client/trpc.ts';
import { Repairs } from './repairs.tsx';

/** Milliseconds between two looks while the account is being read, and while it isn't. */
const SOON = 2_000;
const LATER = 60_000;

/** What the network holds for an account, beside what Secateur made. Closed at first, and asked for when it is opened. */
export function Standing({ connection }: { connection: ConnectionView }) {
  const t = useTranslations('accounts.standing');
  const loading = useTranslations('common')('loading');
  const trpc = useTRPC();
  const [open, setOpen] = useState(false);
  const { id } = connection;
  const standing = useQuery({
    ...trpc.connections.standing.queryOptions({ id }),
    enabled: open,
    refetchInterval: ({ state }) => (state.data?.some(({ reading }) => reading) ? SOON : LATER),
  });
  return (
    <details onToggle={(event) => setOpen(event.currentTarget.open)}>
      <summary className="w-fit cursor-pointer font-semibold text-brand underline underline-offset-4">
        {t('heading')}
      </summary>
      <div className="mt-3 grid gap-4">
        {open && standing.isPending ? <Skeleton label={loading} lines={3} /> : null}
        {standing.error ? <TroubleNotice error={standing.error} onRetry={() => void standing.refetch()} /> : null}
        {standing.data?.length === 0 ? <p>{t('nothing')}</p> : null}
        {standing.data?.map((each) => (
          <OneKind key={each.action} standing={each} />
        ))}
        {standing.data && standing.data.length > 0 ? (
          <>
            <p className="text-soft">{t('when')}</p>
            {connection.state === 'ready' ? <Repairs id={id} standing={standing.data} /> : null}
          </>
        ) : null}
      </div>
    </details>
  );
}

function OneKind({ standing }: { standing: StandingView }) {
  const t = useTranslations('accounts.standing');
  const { action, readAt, problem, reading, ours, hand, both, undone, overdue } = standing;
  return (
    <section aria-label={t(action)}>
      <h3>{t(action)}</h3>
      <ul className="list-disc pl-5">
        <li>{t('ours', { ours })}</li>
        <li>{t('hand', { hand })}</li>
        {both > 0 ? <li>{t('both', { both })}</li> : null}
        {undone > 0 ? <li>{t('undone', { undone })}</li> : null}
        {overdue > 0 ? <li>{t('overdue', { overdue })}</li> : null}
      </ul>
      <p className="text-soft">
        {readAt ? t('readAt', { at: readAt }) : t('notRead')} {problem ? t('problem') : null}
        {reading ? t('reading') : null}
      </p>
    </section>
  );
}
