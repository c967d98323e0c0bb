'use client';
import type { ConnectionView } from '@secateur/core/connections/schemas';
import type { MemberView } from '@secateur/core/tenants/schemas';
import { Button } from '@secateur/ui/button';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useTranslations } from 'next-intl';
import { type FormEvent, useState } from 'react';
import { TroubleNotice } from '~/client/trouble-notice.tsx';
import { useTRPC } from '~/client/trpc.ts';
import { type GrantDraft, GrantFields, NO_GRANT } from './grant-fields.tsx';

/** Gives a helper more, or something else: what they had on the same account is replaced. */
export function GrantForm({ member, connections }: { member: MemberView; connections: ConnectionView[] }) {
  const t = useTranslations('members');
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  const [grant, setGrant] = useState<GrantDraft>(NO_GRANT);
  const [missing, setMissing] = useState(false);
  const give = useMutation(trpc.members.giveGrant.mutationOptions());
  const id = `grant-${member.userId}`;
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    setMissing(grant.connectionIds.length === 0);
    if (grant.connectionIds.length === 0) return document.getElementById(`${id}-accounts`)?.focus();
    const { verbs, days } = grant;
    try {
      for (const connectionId of grant.connectionIds) {
        await give.mutateAsync({ userId: member.userId, connectionId, verbs, days });
      }
      setGrant(NO_GRANT);
    } catch {
      // Said by the notice below.
    }
    await queryClient.invalidateQueries(trpc.members.pathFilter());
  };
  if (connections.length === 0) return <p className="text-soft">{t('noConnections')}</p>;
  return (
    <details>
      <summary className="inline-flex min-h-11 cursor-pointer items-center font-semibold text-brand">
        {t('grantHeading', { name: member.name })}
      </summary>
      <form noValidate onSubmit={submit} className="mt-3 grid gap-5">
        <GrantFields id={id} connections={connections} value={grant} missing={missing} onChange={setGrant} />
        {give.error ? <TroubleNotice error={give.error} /> : null}
        <div>
          <Button type="submit" busy={give.isPending}>
            {t('grantSubmit')}
          </Button>
        </div>
      </form>
    </details>
  );
}
