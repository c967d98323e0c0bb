'use client';
import { Choice, ChoiceGroup } from '@secateur/ui/choice';
import { useTranslations } from 'next-intl';
import type { DraftPartProps } from './draft-part.ts';

/** Block or mute, with what each lets strangers see. */
export function ActionChoice({ draft, setDraft }: DraftPartProps) {
  const t = useTranslations('newShield');
  return (
    <ChoiceGroup id="action" legend={t('action')}>
      {(['block', 'mute'] as const).map((action) => (
        <Choice
          key={action}
          id={`action-${action}`}
          type="radio"
          name="action"
          label={t(action)}
          hint={t(`${action}Hint`)}
          checked={draft.action === action}
          onChange={() => setDraft({ action })}
        />
      ))}
    </ChoiceGroup>
  );
}
