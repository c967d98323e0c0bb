'use client';
import type { ShieldView } from '@secateur/core/shields/schemas';
import { Button } from '@secateur/ui/button';
import { Card } from '@secateur/ui/card';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useTranslations } from 'next-intl';
import { useRef, useState } from 'react';
import { TroubleNotice } from '~/client/trouble-notice.tsx';
import { useTRPC } from '~/client/trpc.ts';
import { type Move, movesOf, NEEDS } from '~/shield/moves.ts';
import { useMay } from '~/tenant/use-may.ts';
import { CancelDialog } from './cancel-dialog.tsx';
import { ExtendDialog } from './extend-dialog.tsx';
import { UndoDialog } from './undo-dialog.tsx';

/** What the member can do with the shield now. What can't be taken back asks first. */
export function Actions({ shield }: { shield: ShieldView }) {
  const t = useTranslations('shield.actions');
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  const heading = useRef<HTMLHeadingElement>(null);
  const [asking, setAsking] = useState<Move | null>(null);
  const { id } = shield;
  const done = {
    onSuccess: () => {
      setAsking(null);
      // The button that was pressed may be gone.
      heading.current?.focus();
      return queryClient.invalidateQueries(trpc.shields.pathFilter());
    },
    onError: () => setAsking(null),
  };
  const pause = useMutation(trpc.shields.pause.mutationOptions(done));
  const resume = useMutation(trpc.shields.resume.mutationOptions(done));
  const cancel = useMutation(trpc.shields.cancel.mutationOptions(done));
  const undo = useMutation(trpc.shields.undo.mutationOptions(done));
  const extend = useMutation(trpc.shields.extend.mutationOptions(done));
  const all = [pause, resume, cancel, undo, extend];
  const busy = all.some(({ isPending }) => isPending);
  const failed = all.find(({ error }) => error)?.error;
  const act = (move: Move) => {
    for (const one of all) one.reset();
    if (move === 'pause') pause.mutate({ id });
    else if (move === 'resume') resume.mutate({ id });
    else setAsking(move);
  };
  const may = useMay();
  const on = shield.connections.map((connection) => connection.id);
  const moves = movesOf(shield).filter((move) => may(NEEDS[move], on));
  if (moves.length === 0) return null;
  return (
    <Card>
      <h2 ref={heading} tabIndex={-1} className="mb-4 text-xl">
        {t('heading')}
      </h2>
      <div className="grid gap-4">
        {failed ? <TroubleNotice error={failed} /> : null}
        <div className="flex flex-wrap gap-3">
          {moves.map((move) => (
            <Button key={move} look={move === 'undo' ? 'danger' : 'quiet'} busy={busy} onClick={() => act(move)}>
              {t(move)}
            </Button>
          ))}
        </div>
      </div>
      <ExtendDialog
        open={asking === 'extend'}
        busy={busy}
        hold={shield.hold}
        onClose={() => setAsking(null)}
        onYes={(hold) => extend.mutate({ id, hold })}
      />
      <CancelDialog
        open={asking === 'cancel'}
        busy={busy}
        onClose={() => setAsking(null)}
        onYes={() => cancel.mutate({ id })}
      />
      <UndoDialog
        open={asking === 'undo'}
        busy={busy}
        done={shield.counts.done}
        onClose={() => setAsking(null)}
        onYes={() => undo.mutate({ id })}
      />
    </Card>
  );
}
