'use client';
import { Button } from '@secateur/ui/button';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useTranslations } from 'next-intl';
import { TroubleNotice } from '~/client/trouble-notice.tsx';
import { useTRPC } from '~/client/trpc.ts';

/** Invitations that nobody has taken yet. */
export function InvitationList() {
  const t = useTranslations('members');
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  const { data } = useQuery(trpc.members.invitations.queryOptions());
  const revoke = useMutation(
    trpc.members.revokeInvitation.mutationOptions({
      onSuccess: () => queryClient.invalidateQueries(trpc.members.pathFilter()),
    }),
  );
  if (!data || data.length === 0) return null;
  return (
    <section className="grid gap-3">
      <h2 className="text-xl">{t('openHeading')}</h2>
      <ul aria-label={t('openHeading')} className="divide-y divide-line rounded-card border border-line bg-surface">
        {data.map(({ id, email, role, expiresAt }) => (
          <li key={id} className="flex flex-wrap items-center justify-between gap-3 px-5 py-3">
            <div className="min-w-0">
              <p className="font-semibold wrap-anywhere">{email}</p>
              <p className="text-soft text-sm">{t('openUntil', { role, date: expiresAt })}</p>
            </div>
            <Button
              look="quiet"
              size="small"
              aria-label={t('takeBackOf', { email })}
              onClick={() => revoke.mutate({ id })}
            >
              {t('takeBack')}
            </Button>
          </li>
        ))}
      </ul>
      {revoke.error ? <TroubleNotice error={revoke.error} /> : null}
    </section>
  );
}
