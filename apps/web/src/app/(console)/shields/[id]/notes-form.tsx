'use client';
import { LONGEST_NOTE, LONGEST_REASON, type ShieldView } from '@secateur/core/shields/schemas';
import { Button } from '@secateur/ui/button';
import { TextArea, TextField } from '@secateur/ui/field';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useTranslations } from 'next-intl';
import { type FormEvent, useState } from 'react';
import { TroubleNotice } from '~/client/trouble-notice.tsx';
import { useTRPC } from '~/client/trpc.ts';

type NotesFormProps = { shield: Pick<ShieldView, 'id' | 'reason' | 'note'>; onClose: () => void };

/** Writes down the reason and the note. */
export function NotesForm({ shield, onClose }: NotesFormProps) {
  const t = useTranslations();
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  const [reason, setReason] = useState(shield.reason ?? '');
  const [note, setNote] = useState(shield.note ?? '');
  const write = useMutation(
    trpc.shields.writeNote.mutationOptions({
      onSuccess: async () => {
        await queryClient.invalidateQueries(trpc.shields.get.queryFilter({ id: shield.id }));
        onClose();
      },
    }),
  );
  const submit = (event: FormEvent) => {
    event.preventDefault();
    write.mutate({ id: shield.id, reason, note });
  };
  return (
    <form onSubmit={submit} className="grid max-w-3xl gap-4">
      <TextField
        id="shield-reason"
        label={t('shield.note.reason')}
        hint={t('shield.note.reasonHint')}
        autoComplete="off"
        maxLength={LONGEST_REASON}
        value={reason}
        // The form comes where its button was.
        autoFocus
        onChange={({ target }) => setReason(target.value)}
      />
      <TextArea
        id="shield-note"
        label={t('shield.note.note')}
        hint={t('shield.note.noteHint')}
        rows={5}
        maxLength={LONGEST_NOTE}
        value={note}
        onChange={({ target }) => setNote(target.value)}
      />
      {write.error ? <TroubleNotice error={write.error} /> : null}
      <div className="flex flex-wrap gap-3">
        <Button type="submit" busy={write.isPending}>
          {t('shield.note.save')}
        </Button>
        <Button look="quiet" onClick={onClose}>
          {t('common.cancel')}
        </Button>
      </div>
    </form>
  );
}
