'use client';
import { Button } from '@secateur/ui/button';
import { TextField } from '@secateur/ui/field';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useTranslations } from 'next-intl';
import { type FormEvent, useState } from 'react';
import { z } from 'zod';
import { TroubleNotice } from '~/client/trouble-notice.tsx';
import { useTRPC } from '~/client/trpc.ts';
import { useDraft, writeDraft } from '~/client/use-draft.ts';
import { useMay } from '~/tenant/use-may.ts';

const DRAFT = 'connect';
const draftSchema = z.object({ handle: z.string() });
const EMPTY = { handle: '' };

/** Connects a Bluesky account with an app password. The handle is kept while it is typed; the password never is. */
export function ConnectForm() {
  const t = useTranslations('accounts.connect');
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  const { draft, setDraft } = useDraft(DRAFT, draftSchema, EMPTY);
  const [password, setPassword] = useState('');
  const [missing, setMissing] = useState({ handle: false, password: false });
  const connect = useMutation(
    trpc.connections.connect.mutationOptions({
      onSuccess: () => {
        setDraft(EMPTY);
        writeDraft(DRAFT, null);
        setPassword('');
        return queryClient.invalidateQueries(trpc.connections.pathFilter());
      },
    }),
  );
  const handle = draft.handle.trim().replace(/^@/, '');
  const submit = (event: FormEvent) => {
    event.preventDefault();
    const lacks = { handle: handle === '', password: password === '' };
    setMissing(lacks);
    if (lacks.handle) document.getElementById('handle')?.focus();
    else if (lacks.password) document.getElementById('password')?.focus();
    else connect.mutate({ network: 'bluesky', handle, password });
  };
  const may = useMay();
  if (!may('connections')) return null;
  return (
    <form noValidate onSubmit={submit} className="mt-4 grid gap-5">
      <p>{t('byPasswordText')}</p>
      <p>{t('where')}</p>
      <TextField
        id="handle"
        label={t('handle')}
        hint={t('handleHint')}
        error={missing.handle ? t('handleMissing') : undefined}
        autoComplete="username"
        autoCapitalize="none"
        autoCorrect="off"
        spellCheck={false}
        value={draft.handle}
        onChange={(event) => setDraft({ handle: event.target.value })}
      />
      <TextField
        id="password"
        type="password"
        label={t('password')}
        hint={t('passwordHint')}
        error={missing.password ? t('passwordMissing') : undefined}
        autoComplete="off"
        value={password}
        onChange={(event) => setPassword(event.target.value)}
      />
      {connect.error ? <TroubleNotice error={connect.error} /> : null}
      <div>
        <Button type="submit" busy={connect.isPending}>
          {connect.isPending ? t('sending') : t('submit')}
        </Button>
      </div>
    </form>
  );
}
