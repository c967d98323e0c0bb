'use client';
import { Button } from '@secateur/ui/button';
import { TextField } from '@secateur/ui/field';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useTranslations } from 'next-intl';
import { type FormEvent, useState } from 'react';
import { TroubleNotice } from '~/client/trouble-notice.tsx';
import { useTRPC } from '~/client/trpc.ts';

/** Takes a new app password for an account whose old one no longer works. */
export function ReconnectForm({ id }: { id: string }) {
  const t = useTranslations('accounts');
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  const [password, setPassword] = useState('');
  const [missing, setMissing] = useState(false);
  const reconnect = useMutation(
    trpc.connections.reconnect.mutationOptions({
      onSuccess: () => {
        setPassword('');
        return queryClient.invalidateQueries(trpc.connections.pathFilter());
      },
    }),
  );
  const field = `password-${id}`;
  const submit = (event: FormEvent) => {
    event.preventDefault();
    setMissing(password === '');
    if (password === '') document.getElementById(field)?.focus();
    else reconnect.mutate({ id, password });
  };
  return (
    <form noValidate onSubmit={submit} className="mt-4 grid gap-4">
      <p>{t('connect.where')}</p>
      <TextField
        id={field}
        type="password"
        label={t('connect.password')}
        hint={t('connect.passwordHint')}
        error={missing ? t('connect.passwordMissing') : undefined}
        autoComplete="off"
        value={password}
        onChange={(event) => setPassword(event.target.value)}
      />
      {reconnect.error ? <TroubleNotice error={reconnect.error} /> : null}
      <div>
        <Button type="submit" busy={reconnect.isPending}>
          {reconnect.isPending ? t('connect.sending') : t('again.submit')}
        </Button>
      </div>
    </form>
  );
}
