'use client';
import { Choice, ChoiceGroup } from '@secateur/ui/choice';
import { useTranslations } from 'next-intl';
import type { DraftPartProps } from './draft-part.ts';

/** Whom to leave out, beside those who are always left out. */
export function SpareChoice({ draft, setDraft }: DraftPartProps) {
  const t = useTranslations('newShield');
  return (
    <ChoiceGroup id="spare" legend={t('spare')} hint={t('spareHint')}>
      {(['forFollows', 'forFollowers', 'forMutuals'] as const).map((rule) => (
        <Choice
          key={rule}
          id={rule}
          type="checkbox"
          label={t(rule)}
          checked={draft[rule] === 'spare'}
          onChange={(event) => setDraft({ [rule]: event.target.checked ? 'spare' : 'nothing' })}
        />
      ))}
    </ChoiceGroup>
  );
}
