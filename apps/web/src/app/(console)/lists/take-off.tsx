'use client';
import { Button } from '@secateur/ui/button';
import { TextField } from '@secateur/ui/field';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useTranslations } from 'next-intl';
import { type FormEvent, useState } from 'react';
import { TroubleNotice } from '~/client/trouble-notice.tsx';
import { useTRPC } from '~/client/trpc.ts';

/** Takes one account off a list, after saying who will be able to tell. */
export function TakeOff({ listId, say }: { listId: string; say: (what: string) => void }) {
  const t = useTranslations('lists.takeOff');
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  const [who, setWho] = useState('');
  const [missing, setMissing] = useState(false);
  const takeOff = useMutation(
    trpc.lists.takeOff.mutationOptions({
      onSuccess: (_, { query }) => {
        setWho('');
        say(t('done', { who: query }));
        return queryClient.invalidateQueries(trpc.lists.pathFilter());
      },
    }),
  );
  const field = `off-${listId}`;
  const submit = (event: FormEvent) => {
    event.preventDefault();
    setMissing(who.trim() === '');
    if (who.trim() === '') document.getElementById(field)?.focus();
    else takeOff.mutate({ id: listId, query: who.trim() });
  };
  return (
    <form noValidate onSubmit={submit} className="grid gap-3">
      <TextField
        id={field}
        label={t('label')}
        hint={t('hint')}
        error={missing ? t('missing') : undefined}
        autoComplete="off"
        autoCapitalize="none"
        spellCheck={false}
        maxLength={300}
        value={who}
        onChange={(event) => setWho(event.target.value)}
      />
      {takeOff.error ? <TroubleNotice error={takeOff.error} /> : null}
      <div>
        <Button type="submit" look="quiet" size="small" busy={takeOff.isPending}>
          {t('submit')}
        </Button>
      </div>
    </form>
  );
}
