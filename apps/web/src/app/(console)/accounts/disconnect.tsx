'use client';
import { type ConnectionView, LEAVING, type Leaving } from '@secateur/core/connections/schemas';
import { AskDialog } from '@secateur/ui/ask-dialog';
import { Button } from '@secateur/ui/button';
import { Choice, ChoiceGroup } from '@secateur/ui/choice';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useTranslations } from 'next-intl';
import { useState } from 'react';
import { TroubleNotice } from '~/client/trouble-notice.tsx';
import { useTRPC } from '~/client/trpc.ts';

/** Disconnects an account, and asks what is to become of the blocks and mutes that it holds. */
export function Disconnect({ connection }: { connection: ConnectionView }) {
  const t = useTranslations();
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  const [open, setOpen] = useState(false);
  const [blocks, setBlocks] = useState<Leaving>(connection.leaving ?? 'in_time');
  const disconnect = useMutation(
    trpc.connections.disconnect.mutationOptions({
      onSuccess: () => {
        setOpen(false);
        return queryClient.invalidateQueries(trpc.connections.pathFilter());
      },
    }),
  );
  const { id, handle } = connection;
  return (
    <>
      <div>
        <Button
          look="quiet"
          size="small"
          aria-label={t(connection.leaving ? 'disconnect.otherwiseOf' : 'disconnect.openOf', { handle })}
          onClick={() => setOpen(true)}
        >
          {t(connection.leaving ? 'disconnect.otherwise' : 'disconnect.open')}
        </Button>
      </div>
      <AskDialog
        open={open}
        title={t('disconnect.title', { handle })}
        yes={t('disconnect.submit')}
        no={t('common.back')}
        look="danger"
        busy={disconnect.isPending}
        onYes={() => disconnect.mutate({ id, blocks })}
        onClose={() => setOpen(false)}
      >
        <p>{t('disconnect.text')}</p>
        <ChoiceGroup id={`leaving-${id}`} legend={t('disconnect.legend')}>
          {LEAVING.map((one) => (
            <Choice
              key={one}
              id={`leaving-${id}-${one}`}
              type="radio"
              name={`leaving-${id}`}
              label={t(`disconnect.choices.${one}`)}
              hint={t(`disconnect.hints.${one}`)}
              checked={blocks === one}
              onChange={() => setBlocks(one)}
            />
          ))}
        </ChoiceGroup>
        {disconnect.error ? <TroubleNotice error={disconnect.error} /> : null}
      </AskDialog>
    </>
  );
}
