'use client';
import { Button } from '@secateur/ui/button';
import { TextField } from '@secateur/ui/field';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useTranslations } from 'next-intl';
import { type FormEvent, useEffect, useRef, useState } from 'react';
import { TroubleNotice } from '~/client/trouble-notice.tsx';
import { useTRPC } from '~/client/trpc.ts';
import type { PasskeyView } from '~/server/passkeys/manage.ts';

/** One passkey, its name, and the way to be rid of it. */
export function PasskeyRow({ passkey, onRemoved }: { passkey: PasskeyView; onRemoved: () => void }) {
  const t = useTranslations();
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  const { id, name } = passkey;
  const [typed, setTyped] = useState<string | null>(null);
  const opener = useRef<HTMLButtonElement>(null);
  const wasOpen = useRef(false);
  useEffect(() => {
    // The form is gone, and with it what had the focus.
    if (wasOpen.current && typed === null) opener.current?.focus();
    wasOpen.current = typed !== null;
  }, [typed]);
  const renew = () => queryClient.invalidateQueries(trpc.passkeys.pathFilter());
  const rename = useMutation(
    trpc.passkeys.rename.mutationOptions({
      onSuccess: () => {
        setTyped(null);
        return renew();
      },
    }),
  );
  const remove = useMutation(
    trpc.passkeys.remove.mutationOptions({
      onSuccess: () => {
        onRemoved();
        return renew();
      },
    }),
  );
  const trouble = rename.error ?? remove.error;
  const save = (event: FormEvent) => {
    event.preventDefault();
    const wanted = typed?.trim();
    if (wanted) rename.mutate({ id, name: wanted });
  };
  return (
    <li className="grid gap-3 py-3">
      {typed === null ? (
        <div className="flex flex-wrap items-center justify-between gap-x-6 gap-y-2">
          <div className="grid gap-0.5">
            <p className="font-medium wrap-anywhere">{name}</p>
            <p className="text-soft text-sm">
              {t('security.passkeys.added', { date: passkey.createdAt })}
              {passkey.lastUsedAt ? <> · {t('security.passkeys.used', { date: passkey.lastUsedAt })}</> : null}
            </p>
            <p className="text-soft text-sm">
              {t(passkey.backedUp ? 'security.passkeys.backedUp' : 'security.passkeys.onlyHere')}
            </p>
          </div>
          <div className="flex gap-2">
            <Button
              ref={opener}
              look="quiet"
              size="small"
              aria-label={t('security.passkeys.renameOf', { name })}
              onClick={() => setTyped(name)}
            >
              {t('security.passkeys.rename')}
            </Button>
            <Button
              look="quiet"
              size="small"
              busy={remove.isPending}
              aria-label={t('security.passkeys.removeOf', { name })}
              onClick={() => remove.mutate({ id })}
            >
              {t('security.passkeys.remove')}
            </Button>
          </div>
        </div>
      ) : (
        <form noValidate onSubmit={save} className="grid gap-3">
          <TextField
            id={`name-${id}`}
            label={t('security.passkeys.name')}
            value={typed}
            maxLength={60}
            autoComplete="off"
            autoFocus
            onChange={(event) => setTyped(event.target.value)}
          />
          <div className="flex gap-2">
            <Button type="submit" size="small" busy={rename.isPending}>
              {t('security.passkeys.save')}
            </Button>
            <Button look="quiet" size="small" onClick={() => setTyped(null)}>
              {t('common.cancel')}
            </Button>
          </div>
        </form>
      )}
      {trouble ? <TroubleNotice error={trouble} /> : null}
    </li>
  );
}
