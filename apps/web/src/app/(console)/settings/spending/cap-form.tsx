'use client';
import { MOST_CENTS } from '@secateur/core/spending/schemas';
import { Button } from '@secateur/ui/button';
import { Card } from '@secateur/ui/card';
import { TextField } from '@secateur/ui/field';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useTranslations } from 'next-intl';
import { useState } from 'react';
import { TroubleNotice } from '~/client/trouble-notice.tsx';
import { useTRPC } from '~/client/trpc.ts';
import { centsIn } from '~/spending/dollars.ts';
import { useMay } from '~/tenant/use-may.ts';

const ID = 'spending-cap';
/** A cent in micro-dollars. */
const CENT = 10_000;

/** How much may be spent in a month, for owners to say. */
export function CapForm() {
  const t = useTranslations('spending.cap');
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  const { data } = useQuery(trpc.spending.get.queryOptions());
  const save = useMutation(
    trpc.spending.setCap.mutationOptions({
      onSuccess: () => queryClient.invalidateQueries(trpc.spending.pathFilter()),
    }),
  );
  const [typed, setTyped] = useState<string | null>(null);
  const [wrong, setWrong] = useState(false);
  const may = useMay();
  if (!data) return null;
  if (!may('spending')) return <p className="text-soft">{t('owners')}</p>;
  const text = typed ?? (data.cap / CENT / 100).toFixed(2);
  return (
    <Card>
      <form
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          const cents = centsIn(text, MOST_CENTS);
          setWrong(cents === null);
          if (cents === null) document.getElementById(ID)?.focus();
          else save.mutate({ cents });
        }}
        className="grid gap-5"
      >
        <h2 className="text-xl">{t('heading')}</h2>
        <TextField
          id={ID}
          label={t('label')}
          hint={t('hint')}
          error={wrong ? t('wrong') : undefined}
          inputMode="decimal"
          autoComplete="off"
          value={text}
          onChange={(event) => setTyped(event.target.value)}
        />
        {save.error ? <TroubleNotice error={save.error} /> : null}
        <p role="status" className="font-semibold text-good empty:hidden">
          {save.isSuccess ? t('done') : null}
        </p>
        <div>
          <Button type="submit" busy={save.isPending}>
            {t('submit')}
          </Button>
        </div>
      </form>
    </Card>
  );
}
