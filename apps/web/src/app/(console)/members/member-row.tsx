'use client';
import type { ConnectionView } from '@secateur/core/connections/schemas';
import { assignable, ROLES, type Role } from '@secateur/core/tenants/policy';
import type { MemberView } from '@secateur/core/tenants/schemas';
import { Button } from '@secateur/ui/button';
import { SelectField } from '@secateur/ui/field';
import { Tag } from '@secateur/ui/tag';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useTranslations } from 'next-intl';
import { useState } from 'react';
import { TroubleNotice } from '~/client/trouble-notice.tsx';
import { useTRPC } from '~/client/trpc.ts';
import { GrantForm } from './grant-form.tsx';
import { GrantList } from './grant-list.tsx';
import { RemoveDialog } from './remove-dialog.tsx';

type MemberRowProps = { member: MemberView; myRole: Role; connections: ConnectionView[] };

/** One member: their role, which may be changed here, and a helper's grants. */
export function MemberRow({ member, myRole, connections }: MemberRowProps) {
  const t = useTranslations('members');
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  const [removing, setRemoving] = useState(false);
  const onSuccess = () => queryClient.invalidateQueries(trpc.members.pathFilter());
  const changeRole = useMutation(trpc.members.changeRole.mutationOptions({ onSuccess }));
  const remove = useMutation(trpc.members.remove.mutationOptions({ onSuccess, onSettled: () => setRemoving(false) }));
  const { userId, name, role, you } = member;
  const mine = !you && assignable(myRole, role, null);
  return (
    <li className="grid gap-4 px-5 py-4">
      <div className="flex flex-wrap items-start justify-between gap-3">
        <div className="min-w-0">
          <p className="flex flex-wrap items-center gap-2 font-semibold wrap-anywhere">
            {name}
            {you ? <Tag tone="note">{t('you')}</Tag> : null}
          </p>
          <p className="text-soft text-sm">{t('since', { role, date: member.joinedAt })}</p>
        </div>
        {mine ? (
          <Button look="quiet" size="small" aria-label={t('removeOf', { name })} onClick={() => setRemoving(true)}>
            {t('remove')}
          </Button>
        ) : null}
      </div>
      {mine ? (
        <SelectField
          id={`role-${userId}`}
          label={t('roleOf', { name })}
          hint={t(`roleHints.${role}`)}
          value={role}
          onChange={(event) => changeRole.mutate({ userId, role: event.target.value as Role })}
        >
          {ROLES.filter((one) => one === role || assignable(myRole, role, one)).map((one) => (
            <option key={one} value={one}>
              {t(`roles.${one}`)}
            </option>
          ))}
        </SelectField>
      ) : null}
      {(changeRole.error ?? remove.error) ? <TroubleNotice error={changeRole.error ?? remove.error} /> : null}
      {role === 'helper' ? (
        <>
          <GrantList member={member} />
          {mine ? <GrantForm member={member} connections={connections} /> : null}
        </>
      ) : null}
      <RemoveDialog
        name={name}
        open={removing}
        busy={remove.isPending}
        onClose={() => setRemoving(false)}
        onYes={() => remove.mutate({ userId })}
      />
    </li>
  );
}
