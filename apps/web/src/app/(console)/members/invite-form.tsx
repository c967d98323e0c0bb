'use client';
import { assignable, ROLES, type Role } from '@secateur/core/tenants/policy';
import { Button } from '@secateur/ui/button';
import { Card } from '@secateur/ui/card';
import { SelectField, TextField } from '@secateur/ui/field';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useTranslations } from 'next-intl';
import { type FormEvent, useState } from 'react';
import { z } from 'zod';
import { TroubleNotice } from '~/client/trouble-notice.tsx';
import { useTRPC } from '~/client/trpc.ts';
import { inUse } from '../accounts/in-use.ts';
import { type GrantDraft, GrantFields, NO_GRANT } from './grant-fields.tsx';

/** Invites somebody by mail, in a role; a helper with a grant from the first day. */
export function InviteForm() {
  const t = useTranslations('members');
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  const tenant = useQuery(trpc.tenants.current.queryOptions());
  const connections = useQuery(trpc.connections.list.queryOptions(undefined, { select: inUse }));
  const [email, setEmail] = useState('');
  const [role, setRole] = useState<Role>('helper');
  const [grant, setGrant] = useState<GrantDraft>(NO_GRANT);
  const [wrong, setWrong] = useState({ email: false, accounts: false });
  const [sentTo, setSentTo] = useState<string | null>(null);
  const invite = useMutation(
    trpc.members.invite.mutationOptions({
      onSuccess: (_, input) => {
        setSentTo(input.email);
        setEmail('');
        setGrant(NO_GRANT);
        return queryClient.invalidateQueries(trpc.members.pathFilter());
      },
    }),
  );
  const myRole = tenant.data?.role;
  if (!myRole || !assignable(myRole, null, 'viewer')) return null;
  const submit = (event: FormEvent) => {
    event.preventDefault();
    const lacks = {
      email: !z.email().safeParse(email.trim()).success,
      accounts: role === 'helper' && grant.connectionIds.length === 0,
    };
    setWrong(lacks);
    setSentTo(null);
    if (lacks.email) document.getElementById('invite-email')?.focus();
    else if (lacks.accounts) document.getElementById('invite-accounts')?.focus();
    else invite.mutate({ email: email.trim(), role, grant: role === 'helper' ? grant : null });
  };
  return (
    <Card>
      <form noValidate onSubmit={submit} className="grid gap-5">
        <h2 className="text-xl">{t('inviteHeading')}</h2>
        <TextField
          id="invite-email"
          type="email"
          label={t('inviteEmail')}
          hint={t('inviteEmailHint')}
          error={wrong.email ? t('inviteEmailMissing') : undefined}
          autoComplete="off"
          value={email}
          onChange={(event) => setEmail(event.target.value)}
        />
        <SelectField
          id="invite-role"
          label={t('inviteRole')}
          hint={t(`roleHints.${role}`)}
          value={role}
          onChange={(event) => setRole(event.target.value as Role)}
        >
          {ROLES.filter((one) => assignable(myRole, null, one)).map((one) => (
            <option key={one} value={one}>
              {t(`roles.${one}`)}
            </option>
          ))}
        </SelectField>
        {role === 'helper' && connections.data ? (
          connections.data.length === 0 ? (
            <p className="text-soft">{t('noConnections')}</p>
          ) : (
            <GrantFields
              id="invite"
              connections={connections.data}
              value={grant}
              missing={wrong.accounts}
              onChange={setGrant}
            />
          )
        ) : null}
        {invite.error ? <TroubleNotice error={invite.error} /> : null}
        <div className="flex flex-wrap items-center gap-4">
          <Button type="submit" busy={invite.isPending}>
            {t('inviteSubmit')}
          </Button>
          <p role="status" className="font-semibold text-good empty:hidden">
            {sentTo ? t('invited', { email: sentTo }) : null}
          </p>
        </div>
      </form>
    </Card>
  );
}
