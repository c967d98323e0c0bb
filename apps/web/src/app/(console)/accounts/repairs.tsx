'use client';
import type { StandingView } from '@secateur/core/readings/schemas';
import { AskDialog } from '@secateur/ui/ask-dialog';
import { Button } from '@secateur/ui/button';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useTranslations } from 'next-intl';
import { useState } from 'react';
import { TroubleNotice } from '~/client/trouble-notice.tsx';
import { useTRPC } from '~/client/trpc.ts';
import { useMay } from '~/tenant/use-may.ts';

type RepairsProps = { id: string; standing: readonly StandingView[] };

/** What mends it where the network and Secateur differ: only ever what Secateur made. */
export function Repairs({ id, standing }: RepairsProps) {
  const t = useTranslations('accounts.standing');
  const back = useTranslations('common')('back');
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  const may = useMay();
  const [open, setOpen] = useState(false);
  const changed = () => queryClient.invalidateQueries(trpc.connections.pathFilter());
  const read = useMutation(trpc.connections.readNow.mutationOptions({ onSettled: changed }));
  const lift = useMutation(trpc.connections.liftLeft.mutationOptions({ onSettled: changed }));
  const make = useMutation(
    trpc.connections.makeAgain.mutationOptions({ onSuccess: () => setOpen(false), onSettled: changed }),
  );
  const again = standing.reduce((sum, one) => sum + one.again, 0);
  const overdue = standing.reduce((sum, one) => sum + one.overdue, 0);
  const error = read.error ?? lift.error;
  return (
    <>
      {error ? <TroubleNotice error={error} /> : null}
      <p role="status" className="empty:hidden">
        {make.data ? t('madeAgain', make.data) : lift.data ? t('lifting', lift.data) : null}
      </p>
      <div className="flex flex-wrap gap-3">
        {again > 0 && may('run', [id]) ? (
          <Button look="quiet" size="small" onClick={() => setOpen(true)}>
            {t('notMe', { again })}
          </Button>
        ) : null}
        {overdue > 0 && may('undo', [id]) ? (
          <Button look="quiet" size="small" busy={lift.isPending} onClick={() => lift.mutate({ id })}>
            {t('liftNow')}
          </Button>
        ) : null}
        {standing.some(({ readable }) => readable) && may('prepare', [id]) ? (
          <Button look="quiet" size="small" busy={read.isPending} onClick={() => read.mutate({ id })}>
            {t('readNow')}
          </Button>
        ) : null}
      </div>
      <AskDialog
        open={open}
        title={t('notMeTitle')}
        yes={t('makeAgain', { again })}
        no={back}
        busy={make.isPending}
        onYes={() => make.mutate({ id })}
        onClose={() => setOpen(false)}
      >
        <p>{t('notMeText')}</p>
        <p>{t('notMeCost', { again })}</p>
        {make.error ? <TroubleNotice error={make.error} /> : null}
      </AskDialog>
    </>
  );
}
