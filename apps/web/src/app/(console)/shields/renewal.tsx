'use client';
import type { ShieldRow } from '@secateur/core/shields/schemas';
import { Button } from '@secateur/ui/button';
import { Notice } from '@secateur/ui/notice';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useTranslations } from 'next-intl';
import { TroubleNotice } from '~/client/trouble-notice.tsx';
import { useTRPC } from '~/client/trpc.ts';
import { useMay } from '~/tenant/use-may.ts';

type Ending = Pick<ShieldRow, 'id' | 'subject' | 'query' | 'renewal' | 'firstLiftAt'>;

/** Says which of these shields end soon, and holds them all longer at one press. */
export function Renewal({ shields }: { shields: readonly Ending[] }) {
  const t = useTranslations();
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  const may = useMay();
  const renew = useMutation(
    trpc.shields.renew.mutationOptions({
      onSuccess: () => queryClient.invalidateQueries(trpc.shields.pathFilter()),
    }),
  );
  const ending = shields.filter(({ renewal }) => renewal !== null);
  const count = renew.isSuccess ? renew.variables.ids.length : ending.length;
  const [first] = ending;
  if (!first && !renew.isSuccess && !renew.error) return null;
  return (
    <div className="grid gap-3">
      <p role="status" className="font-semibold text-good empty:hidden">
        {renew.isSuccess ? t('renewal.done', { count }) : null}
      </p>
      {renew.error ? <TroubleNotice error={renew.error} /> : null}
      {first?.firstLiftAt && may('run') ? (
        <Notice
          tone="warn"
          title={t('renewal.title', { count: ending.length })}
          actions={
            <Button
              size="small"
              busy={renew.isPending}
              onClick={() => renew.mutate({ ids: ending.map(({ id }) => id) })}
            >
              {t('renewal.submit', { count: ending.length })}
            </Button>
          }
        >
          {shields.length > 1 ? (
            <ul>
              {ending.map(({ id, subject, query, firstLiftAt }) =>
                firstLiftAt ? (
                  <li key={id}>{t('renewal.listed', { name: subject?.handle ?? query, date: firstLiftAt })}</li>
                ) : null,
              )}
            </ul>
          ) : null}
          <p>{t('renewal.one', { date: first.firstLiftAt })}</p>
        </Notice>
      ) : null}
    </div>
  );
}
