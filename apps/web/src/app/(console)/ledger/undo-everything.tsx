'use client';
import { type OrderView, UNDO_SPANS } from '@secateur/core/shields/schemas';
import { Button } from '@secateur/ui/button';
import { Card } from '@secateur/ui/card';
import { SelectField } from '@secateur/ui/field';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useTranslations } from 'next-intl';
import { useState } from 'react';
import { TroubleNotice } from '~/client/trouble-notice.tsx';
import { useTRPC } from '~/client/trpc.ts';
import { useMay } from '~/tenant/use-may.ts';
import { OrderRunning } from './order-running.tsx';
import { UndoEverythingDialog } from './undo-everything-dialog.tsx';

/** Lets everything go that shields hold, at once or over days; while that goes on, how far it is. */
export function UndoEverything() {
  const t = useTranslations('ledger.all');
  const trpc = useTRPC();
  const may = useMay();
  const { data: tenant } = useQuery(trpc.tenants.current.queryOptions());
  const { data: order } = useQuery(trpc.shields.order.queryOptions());
  if (!may('undo') || tenant?.role === 'helper' || order === undefined) return null;
  return (
    <section aria-labelledby="undo-everything">
      <Card className="grid max-w-3xl gap-4">
        <h2 id="undo-everything" className="text-xl">
          {t('heading')}
        </h2>
        {order?.running ? <OrderRunning order={order} /> : <Begin last={order} />}
      </Card>
    </section>
  );
}

function Begin({ last }: { last: OrderView | null }) {
  const t = useTranslations('ledger.all');
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  const [days, setDays] = useState<(typeof UNDO_SPANS)[number]>(0);
  const [asking, setAsking] = useState(false);
  const undo = useMutation(
    trpc.shields.undoAll.mutationOptions({
      onSuccess: () => {
        void queryClient.invalidateQueries(trpc.ledger.pathFilter());
        return queryClient.invalidateQueries(trpc.shields.pathFilter());
      },
      onSettled: () => setAsking(false),
    }),
  );
  return (
    <>
      {last?.calledOffAt ? <p role="status">{t('calledOff')}</p> : null}
      <p>{t('text')}</p>
      <div className="max-w-sm">
        <SelectField
          id="undo-span"
          label={t('span')}
          hint={t('spanHint')}
          value={String(days)}
          onChange={({ target }) => setDays(UNDO_SPANS.find((span) => String(span) === target.value) ?? 0)}
        >
          {UNDO_SPANS.map((span) => (
            <option key={span} value={span}>
              {t(`at.${span}`)}
            </option>
          ))}
        </SelectField>
      </div>
      {undo.error ? <TroubleNotice error={undo.error} /> : null}
      <div>
        <Button look="danger" onClick={() => setAsking(true)}>
          {t('open')}
        </Button>
      </div>
      <UndoEverythingDialog
        open={asking}
        days={days}
        busy={undo.isPending}
        onClose={() => setAsking(false)}
        onYes={() => undo.mutate({ days })}
      />
    </>
  );
}
