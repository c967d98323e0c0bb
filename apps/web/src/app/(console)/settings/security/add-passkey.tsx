'use client';
import { Button } from '@secateur/ui/button';
import { Card } from '@secateur/ui/card';
import { TextField } from '@secateur/ui/field';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useTranslations } from 'next-intl';
import { type FormEvent, useState } from 'react';
import { TroubleNotice } from '~/client/trouble-notice.tsx';
import { useTRPC, useTRPCClient } from '~/client/trpc.ts';
import { makePasskey } from '~/passkey/make-passkey.ts';
import { PasskeyTrouble } from '~/passkey/passkey-trouble.tsx';

/** Makes a passkey on this device or on a key that is plugged in. */
export function AddPasskey({ first }: { first: boolean }) {
  const t = useTranslations('security.passkeys');
  const trpc = useTRPC();
  const client = useTRPCClient();
  const queryClient = useQueryClient();
  const [name, setName] = useState('');
  const [missing, setMissing] = useState(false);
  const add = useMutation({
    mutationFn: async (called: string) => {
      const answer = await makePasskey(await client.passkeys.offer.mutate());
      return client.passkeys.add.mutate({ name: called, answer });
    },
    onSuccess: () => {
      setName('');
      return queryClient.invalidateQueries(trpc.passkeys.pathFilter());
    },
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    const called = name.trim();
    setMissing(called === '');
    if (called === '') document.getElementById('passkey-name')?.focus();
    else add.mutate(called);
  };
  return (
    <Card>
      <form noValidate onSubmit={submit} className="grid gap-4">
        <h3 className="text-lg">{t(first ? 'addFirst' : 'addAnother')}</h3>
        {first ? <p className="text-soft">{t('what')}</p> : null}
        <TextField
          id="passkey-name"
          label={t('name')}
          hint={t('nameHint')}
          error={missing ? t('nameMissing') : undefined}
          autoComplete="off"
          maxLength={60}
          value={name}
          onChange={(event) => setName(event.target.value)}
        />
        <PasskeyTrouble error={add.error} otherwise={(error) => <TroubleNotice error={error} />} />
        <p role="status" className="font-medium empty:hidden">
          {add.isSuccess ? t('addedNow') : null}
        </p>
        <div>
          <Button type="submit" busy={add.isPending}>
            {t('add')}
          </Button>
        </div>
      </form>
    </Card>
  );
}
