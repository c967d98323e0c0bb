'use client';
import { DELETION_BLOCKS, type DeletionBlocks, WAIT_DAYS } from '@secateur/core/deletion/schemas';
import { Button } from '@secateur/ui/button';
import { Choice, ChoiceGroup } from '@secateur/ui/choice';
import { TextField } from '@secateur/ui/field';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useTranslations } from 'next-intl';
import { useState } from 'react';
import { TroubleNotice } from '~/client/trouble-notice.tsx';
import { useTRPC } from '~/client/trpc.ts';

const ID = 'delete-name';
const WORDS = { now: ['now', 'nowHint'], keep: ['keepAll', 'keepAllHint'] } as const;

/** Asks for the deletion: what becomes of the blocks, and the name, typed, so that nobody does it by a slip of the hand. */
export function DeletionForm({ name, onAsked }: { name: string; onAsked: (receipt: string) => void }) {
  const t = useTranslations('data.delete');
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  const [blocks, setBlocks] = useState<DeletionBlocks>('now');
  const [typed, setTyped] = useState('');
  const [wrong, setWrong] = useState(false);
  const ask = useMutation(
    trpc.deletion.ask.mutationOptions({
      onSuccess: ({ receipt }) => {
        onAsked(receipt);
        return queryClient.invalidateQueries();
      },
    }),
  );
  return (
    <form
      noValidate
      className="grid gap-5"
      onSubmit={(event) => {
        event.preventDefault();
        const isIt = typed.trim() === name.trim();
        setWrong(!isIt);
        if (isIt) ask.mutate({ name: typed, blocks });
        else document.getElementById(ID)?.focus();
      }}
    >
      <ChoiceGroup id="delete-blocks" legend={t('legend', { days: WAIT_DAYS })}>
        {DELETION_BLOCKS.map((one) => (
          <Choice
            key={one}
            id={`delete-blocks-${one}`}
            type="radio"
            name="delete-blocks"
            label={t(WORDS[one][0])}
            hint={t(WORDS[one][1])}
            checked={blocks === one}
            onChange={() => setBlocks(one)}
          />
        ))}
      </ChoiceGroup>
      <TextField
        id={ID}
        label={<span className="wrap-anywhere">{t('name', { name })}</span>}
        hint={t('nameHint')}
        error={wrong ? <span className="wrap-anywhere">{t('nameWrong', { name })}</span> : undefined}
        autoComplete="off"
        autoCapitalize="none"
        spellCheck={false}
        maxLength={80}
        value={typed}
        onChange={(event) => setTyped(event.target.value)}
      />
      {ask.error ? <TroubleNotice error={ask.error} /> : null}
      <div>
        <Button type="submit" look="danger" busy={ask.isPending}>
          {t('submit')}
        </Button>
      </div>
    </form>
  );
}
