'use client';
import { Button } from '@secateur/ui/button';
import { TextField } from '@secateur/ui/field';
import { useMutation } from '@tanstack/react-query';
import { useTranslations } from 'next-intl';
import { type FormEvent, useState } from 'react';
import { TroubleNotice } from '~/client/trouble-notice.tsx';
import { useTRPC } from '~/client/trpc.ts';

/** Takes a recovery code from somebody whose passkeys are lost. */
export function CodeForm({ back }: { back: string }) {
  const t = useTranslations('second');
  const trpc = useTRPC();
  const [code, setCode] = useState('');
  const [missing, setMissing] = useState(false);
  const enter = useMutation(trpc.signIn.byCode.mutationOptions({ onSuccess: ({ to }) => window.location.assign(to) }));
  const submit = (event: FormEvent) => {
    event.preventDefault();
    const typed = code.trim();
    setMissing(typed === '');
    if (typed === '') document.getElementById('code')?.focus();
    else enter.mutate({ code: typed, back });
  };
  return (
    <details className="rounded-card border border-line bg-surface p-5">
      <summary className="cursor-pointer font-semibold">{t('lost')}</summary>
      <form noValidate onSubmit={submit} className="mt-4 grid gap-4">
        <TextField
          id="code"
          label={t('code')}
          hint={t('codeHint')}
          error={missing ? t('codeMissing') : undefined}
          autoComplete="one-time-code"
          autoCapitalize="characters"
          spellCheck={false}
          maxLength={60}
          value={code}
          onChange={(event) => setCode(event.target.value)}
        />
        {enter.error ? <TroubleNotice error={enter.error} /> : null}
        <div>
          <Button type="submit" look="quiet" busy={enter.isPending}>
            {t('useCode')}
          </Button>
        </div>
        <p className="text-soft text-sm">{t('noCode')}</p>
      </form>
    </details>
  );
}
