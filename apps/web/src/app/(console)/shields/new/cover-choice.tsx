'use client';
import { Choice, ChoiceGroup } from '@secateur/ui/choice';
import { useTranslations } from 'next-intl';
import type { DraftPartProps } from './draft-part.ts';

/** The account, its followers, or both. */
export function CoverChoice({ draft, setDraft, missing }: DraftPartProps & { missing: boolean }) {
  const t = useTranslations('newShield');
  return (
    <ChoiceGroup id="cover" legend={t('cover')} error={missing ? t('coverMissing') : undefined}>
      <Choice
        id="cover-account"
        type="checkbox"
        label={t('coverAccount')}
        checked={draft.includeAccount}
        onChange={(event) => setDraft({ includeAccount: event.target.checked })}
      />
      <Choice
        id="cover-followers"
        type="checkbox"
        label={t('coverFollowers')}
        checked={draft.includeFollowers}
        onChange={(event) => setDraft({ includeFollowers: event.target.checked })}
      />
    </ChoiceGroup>
  );
}
