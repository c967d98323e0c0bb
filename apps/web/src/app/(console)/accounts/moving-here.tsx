'use client';
import type { ConnectionView } from '@secateur/core/connections/schemas';
import { Button } from '@secateur/ui/button';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useTranslations } from 'next-intl';
import { TroubleNotice } from '~/client/trouble-notice.tsx';
import { useTRPC } from '~/client/trpc.ts';

/** How far an account has come on its way here. Of where it was only a number is known. */
export function MovingHere({ connection: { id, leaving, movingLeft } }: { connection: ConnectionView }) {
  const t = useTranslations('accounts.movingHere');
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  const keep = useMutation(
    trpc.connections.moveHere.mutationOptions({
      onSuccess: () => queryClient.invalidateQueries(trpc.connections.pathFilter()),
    }),
  );
  const lifting = leaving === 'now' && movingLeft !== null && movingLeft > 0;
  return (
    <div className="grid gap-3">
      <p role="status">{lifting ? t('left', { left: movingLeft }) : t('soon')}</p>
      {lifting ? <p className="text-soft">{t('pace')}</p> : null}
      {keep.error ? <TroubleNotice error={keep.error} /> : null}
      {lifting ? (
        <div>
          <Button look="quiet" size="small" busy={keep.isPending} onClick={() => keep.mutate({ id, blocks: 'keep' })}>
            {t('keep')}
          </Button>
        </div>
      ) : null}
    </div>
  );
}
