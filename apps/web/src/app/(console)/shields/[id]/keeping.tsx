'use client';
import type { ShieldView } from '@secateur/core/shields/schemas';
import { Button } from '@secateur/ui/button';
import { Card } from '@secateur/ui/card';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useTranslations } from 'next-intl';
import { TroubleNotice } from '~/client/trouble-notice.tsx';
import { useTRPC } from '~/client/trpc.ts';
import { useMay } from '~/tenant/use-may.ts';

/** Whether it keeps up with its crowds, when it last looked, and how many came since. */
export function Keeping({ shield }: { shield: ShieldView }) {
  const t = useTranslations('shield.keeping');
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  const done = { onSuccess: () => queryClient.invalidateQueries(trpc.shields.pathFilter()) };
  const begin = useMutation(trpc.shields.beginKeepingUp.mutationOptions(done));
  const stop = useMutation(trpc.shields.stopKeepingUp.mutationOptions(done));
  const may = useMay();
  const { id, keeping } = shield;
  if (!keeping) return null;
  const { state, until, lookedAt, came, waiting } = keeping;
  const on = state === 'on';
  const move = on ? stop : begin;
  const connectionIds = shield.connections.map((connection) => connection.id);
  const error = begin.error ?? stop.error;
  return (
    <Card>
      <h2 className="mb-2 text-xl">{t('heading')}</h2>
      <div className="grid gap-3">
        <p>{on && until ? t('onUntil', { until }) : t(state)}</p>
        {on && !lookedAt ? <p>{t('notYet')}</p> : null}
        {lookedAt ? (
          <p>
            {t('looked', { at: lookedAt })} {t('came', { came })}
          </p>
        ) : null}
        {on && waiting ? <p>{t(waiting)}</p> : null}
        {error ? <TroubleNotice error={error} /> : null}
        {state !== 'over' && may(on ? 'undo' : 'run', connectionIds) ? (
          <div>
            <Button look="quiet" busy={begin.isPending || stop.isPending} onClick={() => move.mutate({ id })}>
              {on ? t('stop') : t('begin')}
            </Button>
          </div>
        ) : null}
      </div>
    </Card>
  );
}
