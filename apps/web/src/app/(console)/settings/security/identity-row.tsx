'use client';
import { Button } from '@secateur/ui/button';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useTranslations } from 'next-intl';
import { TroubleNotice } from '~/client/trouble-notice.tsx';
import { useTRPC } from '~/client/trpc.ts';
import type { IdentityView } from '~/server/ways/list.ts';

type IdentityRowProps = { identity: IdentityView; onRemoved: (name: string) => void };

/** One account that one signs in with, and the way to be rid of it. */
export function IdentityRow({ identity, onRemoved }: IdentityRowProps) {
  const t = useTranslations('security.ways');
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  const { network, nativeId, handle, addedAt } = identity;
  const name = handle === null ? nativeId : `@${handle}`;
  const remove = useMutation(
    trpc.ways.remove.mutationOptions({
      onSuccess: () => {
        onRemoved(name);
        return queryClient.invalidateQueries(trpc.ways.pathFilter());
      },
    }),
  );
  return (
    <li className="grid gap-3 py-3">
      <div className="flex flex-wrap items-center justify-between gap-x-6 gap-y-2">
        <div className="grid gap-0.5">
          <p className="font-medium wrap-anywhere">{name}</p>
          <p className="text-soft text-sm">{t(network, { date: addedAt })}</p>
        </div>
        <Button
          look="quiet"
          size="small"
          busy={remove.isPending}
          aria-label={t('removeOf', { name })}
          onClick={() => remove.mutate({ network, nativeId })}
        >
          {t('remove')}
        </Button>
      </div>
      {remove.error ? <TroubleNotice error={remove.error} /> : null}
    </li>
  );
}
