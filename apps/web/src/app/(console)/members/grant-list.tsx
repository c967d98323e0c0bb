'use client';
import type { GrantView, MemberView } from '@secateur/core/tenants/schemas';
import { Button } from '@secateur/ui/button';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useTranslations } from 'next-intl';
import { TroubleNotice } from '~/client/trouble-notice.tsx';
import { useTRPC } from '~/client/trpc.ts';
import { useGrantWords } from '~/tenant/use-grant-words.ts';

/** What a helper may do now, and what is over, each with a way to take it back. */
export function GrantList({ member }: { member: MemberView }) {
  const t = useTranslations('members');
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  const words = useGrantWords();
  const revoke = useMutation(
    trpc.members.revokeGrant.mutationOptions({
      onSuccess: () => queryClient.invalidateQueries(trpc.members.pathFilter()),
    }),
  );
  if (member.grants.length === 0) return <p className="text-soft">{t('noGrants')}</p>;
  return (
    <>
      <ul aria-label={t('grantsOf', { name: member.name })} className="grid gap-2">
        {member.grants.map((grant: GrantView) => (
          <li
            key={grant.connectionId}
            className="flex flex-wrap items-center justify-between gap-3 rounded-control bg-sunk px-4 py-2"
          >
            <span className="min-w-0 wrap-anywhere">{words(grant)}</span>
            <Button
              look="quiet"
              size="small"
              aria-label={t('revokeOf', { handle: grant.handle, name: member.name })}
              onClick={() => revoke.mutate({ userId: member.userId, connectionId: grant.connectionId })}
            >
              {t('revoke')}
            </Button>
          </li>
        ))}
      </ul>
      {revoke.error ? <TroubleNotice error={revoke.error} /> : null}
    </>
  );
}
