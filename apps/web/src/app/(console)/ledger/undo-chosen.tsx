'use client';
import type { LedgerPlace } from '@secateur/core/ledger/schemas';
import { AskDialog } from '@secateur/ui/ask-dialog';
import { Button } from '@secateur/ui/button';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useTranslations } from 'next-intl';
import { useEffect, useRef, useState } from 'react';
import { TroubleNotice } from '~/client/trouble-notice.tsx';
import { useTRPC } from '~/client/trpc.ts';

type UndoChosenProps = { chosen: LedgerPlace[]; onClear: () => void };

/** Undoes those who are chosen, after asking. */
export function UndoChosen({ chosen, onClear }: UndoChosenProps) {
  const t = useTranslations();
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  const said = useRef<HTMLParagraphElement>(null);
  const [asking, setAsking] = useState(false);
  const undo = useMutation(
    trpc.shields.undoSome.mutationOptions({
      onSuccess: () => {
        onClear();
        setAsking(false);
        void queryClient.invalidateQueries(trpc.ledger.pathFilter());
        return queryClient.invalidateQueries(trpc.shields.pathFilter());
      },
      onError: () => setAsking(false),
    }),
  );
  const isOver = undo.isSuccess && !asking;
  // The button that was pressed went away, and the dialog gave the focus back to it.
  useEffect(() => {
    if (isOver) said.current?.focus();
  }, [isOver]);
  const count = chosen.length;
  return (
    <div className="grid gap-3">
      <p ref={said} tabIndex={-1} role="status" className="font-semibold text-good empty:hidden">
        {undo.isSuccess && count === 0 ? t('ledger.some.done', { count: undo.data.count }) : null}
      </p>
      {undo.error ? <TroubleNotice error={undo.error} /> : null}
      {count > 0 ? (
        <div className="flex flex-wrap gap-3">
          <Button look="danger" onClick={() => setAsking(true)}>
            {t('ledger.some.open', { count })}
          </Button>
          <Button look="quiet" onClick={onClear}>
            {t('ledger.some.clear')}
          </Button>
        </div>
      ) : null}
      <AskDialog
        open={asking}
        title={t('ledger.some.title', { count })}
        yes={t('ledger.some.submit', { count })}
        no={t('common.back')}
        look="danger"
        busy={undo.isPending}
        onYes={() =>
          undo.mutate({
            targets: chosen.map(({ shieldId, accountId, profileId, action }) => ({
              shieldId,
              accountId,
              profileId,
              action,
            })),
          })
        }
        onClose={() => setAsking(false)}
      >
        <p>{t('ledger.some.text')}</p>
        <p className="text-soft">{t('ledger.some.others')}</p>
      </AskDialog>
    </div>
  );
}
