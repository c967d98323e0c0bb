'use client';
import { Button } from '@secateur/ui/button';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useTranslations } from 'next-intl';
import { TroubleNotice } from '~/client/trouble-notice.tsx';
import { useTRPC } from '~/client/trpc.ts';

/** The button that leaves everything as it is. */
export function CallOff({ size }: { size: 'normal' | 'small' }) {
  const t = useTranslations('deletion');
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  const callOff = useMutation(
    trpc.deletion.callOff.mutationOptions({ onSuccess: () => queryClient.invalidateQueries() }),
  );
  return (
    <div className="grid justify-items-start gap-3">
      <Button size={size} busy={callOff.isPending} onClick={() => callOff.mutate()}>
        {t('cancel')}
      </Button>
      {callOff.error ? <TroubleNotice error={callOff.error} /> : null}
    </div>
  );
}
