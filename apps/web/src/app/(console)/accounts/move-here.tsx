'use client';
import { type ConnectionView, MOVING, type Moving } from '@secateur/core/connections/schemas';
import { Button } from '@secateur/ui/button';
import { Choice, ChoiceGroup } from '@secateur/ui/choice';
import { Notice } from '@secateur/ui/notice';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useTranslations } from 'next-intl';
import { useState } from 'react';
import { TroubleNotice } from '~/client/trouble-notice.tsx';
import { useTRPC } from '~/client/trpc.ts';

/** Asks whoever has just proven to own an account whether to move it here from where it is connected. */
export function MoveHere({ connection: { id } }: { connection: ConnectionView }) {
  const t = useTranslations('accounts.moveHere');
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  const [blocks, setBlocks] = useState<Moving>('now');
  const renew = { onSuccess: () => queryClient.invalidateQueries(trpc.connections.pathFilter()) };
  const move = useMutation(trpc.connections.moveHere.mutationOptions(renew));
  const stay = useMutation(trpc.connections.leaveThere.mutationOptions(renew));
  const trouble = move.error ?? stay.error;
  return (
    <div className="grid gap-5">
      <Notice tone="warn" live="status" title={t('title')}>
        {t('text')}
      </Notice>
      <ChoiceGroup id={`move-${id}`} legend={t('legend')}>
        {MOVING.map((one) => (
          <Choice
            key={one}
            id={`move-${id}-${one}`}
            type="radio"
            name={`move-${id}`}
            label={t(`choices.${one}`)}
            hint={t(`hints.${one}`)}
            checked={blocks === one}
            onChange={() => setBlocks(one)}
          />
        ))}
      </ChoiceGroup>
      <p className="text-soft">{t('told')}</p>
      <p className="text-soft">{t('others')}</p>
      {trouble ? <TroubleNotice error={trouble} /> : null}
      <div className="flex flex-wrap gap-3">
        <Button busy={move.isPending} onClick={() => move.mutate({ id, blocks })}>
          {t('submit')}
        </Button>
        <Button look="quiet" busy={stay.isPending} onClick={() => stay.mutate({ id })}>
          {t('stay')}
        </Button>
      </div>
    </div>
  );
}
