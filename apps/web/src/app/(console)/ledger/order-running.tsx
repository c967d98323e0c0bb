'use client';
import type { OrderView } from '@secateur/core/shields/schemas';
import { AskDialog } from '@secateur/ui/ask-dialog';
import { Button } from '@secateur/ui/button';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useTranslations } from 'next-intl';
import { useState } from 'react';
import { TroubleNotice } from '~/client/trouble-notice.tsx';
import { useTRPC } from '~/client/trpc.ts';

/** How far an order to undo everything has come, and a way to call it off. */
export function OrderRunning({ order }: { order: OrderView }) {
  const t = useTranslations('ledger.all');
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  const [asking, setAsking] = useState(false);
  const callOff = useMutation(
    trpc.shields.callOff.mutationOptions({
      onSuccess: () => queryClient.invalidateQueries(trpc.shields.pathFilter()),
      onSettled: () => setAsking(false),
    }),
  );
  const { id, left, held, until } = order;
  return (
    <>
      <p className="font-semibold">{t('running')}</p>
      <p role="status" className="tabular-nums">
        {t('left', { left, held, date: until })}
      </p>
      {callOff.error ? <TroubleNotice error={callOff.error} /> : null}
      <div>
        <Button look="quiet" onClick={() => setAsking(true)}>
          {t('callOff')}
        </Button>
      </div>
      <AskDialog
        open={asking}
        title={t('callOffTitle')}
        yes={t('callOff')}
        no={t('goOn')}
        busy={callOff.isPending}
        onYes={() => callOff.mutate({ id })}
        onClose={() => setAsking(false)}
      >
        <p>{t('callOffText')}</p>
      </AskDialog>
    </>
  );
}
