'use client';
import { LONGEST_REASON } from '@secateur/core/shields/schemas';
import { TextField } from '@secateur/ui/field';
import { useTranslations } from 'next-intl';
import type { DraftPartProps } from './draft-part.ts';

/** Why, for the members' own eyes. */
export function ReasonField({ draft, setDraft }: DraftPartProps) {
  const t = useTranslations('newShield');
  return (
    <TextField
      id="reason"
      label={t('reason')}
      hint={t('reasonHint')}
      autoComplete="off"
      maxLength={LONGEST_REASON}
      value={draft.reason}
      onChange={(event) => setDraft({ reason: event.target.value })}
    />
  );
}
