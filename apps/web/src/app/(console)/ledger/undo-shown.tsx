'use client';
import type { LedgerFilter, LedgerPlace } from '@secateur/core/ledger/schemas';
import { AskDialog } from '@secateur/ui/ask-dialog';
import { Button } from '@secateur/ui/button';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useTranslations } from 'next-intl';
import { useEffect, useRef, useState } from 'react';
import { TroubleNotice } from '~/client/trouble-notice.tsx';
import { useTRPC, useTRPCClient } from '~/client/trpc.ts';

/** Undoes everyone whom the search and the choices show, page after page, after asking. It can be stopped after each. */
export function UndoShown({ filter }: { filter: LedgerFilter }) {
  const t = useTranslations();
  const trpc = useTRPC();
  const client = useTRPCClient();
  const queryClient = useQueryClient();
  const said = useRef<HTMLParagraphElement>(null);
  const stopped = useRef(false);
  const [asking, setAsking] = useState(false);
  const [sofar, setSofar] = useState(0);
  const undo = useMutation({
    mutationFn: async () => {
      stopped.current = false;
      setSofar(0);
      setAsking(false);
      let after: LedgerPlace | null = null;
      do {
        const step: { count: number; next: LedgerPlace | null } = await client.ledger.undoShown.mutate({
          ...filter,
          after,
        });
        setSofar((before) => before + step.count);
        after = step.next;
      } while (after !== null && !stopped.current);
    },
    onSettled: () => {
      void queryClient.invalidateQueries(trpc.ledger.pathFilter());
      return queryClient.invalidateQueries(trpc.shields.pathFilter());
    },
  });
  // Who leaves the page stops it.
  useEffect(
    () => () => {
      stopped.current = true;
    },
    [],
  );
  const isUnderWay = undo.isPending && !asking;
  useEffect(() => {
    if (isUnderWay) said.current?.focus();
  }, [isUnderWay]);
  return (
    <div className="grid gap-3">
      <p ref={said} tabIndex={-1} role="status" className="font-semibold tabular-nums empty:hidden">
        {undo.isPending ? t('ledger.shown.sofar', { count: sofar }) : null}
        {undo.isSuccess ? t('ledger.shown.done', { count: sofar }) : null}
      </p>
      {undo.error ? <TroubleNotice error={undo.error} /> : null}
      <div>
        {undo.isPending ? (
          <Button
            look="quiet"
            onClick={() => {
              stopped.current = true;
            }}
          >
            {t('ledger.shown.stop')}
          </Button>
        ) : (
          <Button look="quiet" onClick={() => setAsking(true)}>
            {t('ledger.shown.open')}
          </Button>
        )}
      </div>
      <AskDialog
        open={asking}
        title={t('ledger.shown.title')}
        yes={t('ledger.shown.submit')}
        no={t('common.back')}
        look="danger"
        onYes={() => undo.mutate()}
        onClose={() => setAsking(false)}
      >
        <p>{t('ledger.shown.text')}</p>
        <p className="text-soft">{t('ledger.some.others')}</p>
      </AskDialog>
    </div>
  );
}
