'use client';
import { Choice, ChoiceGroup } from '@secateur/ui/choice';
import { useTranslations } from 'next-intl';
import type { DraftPartProps } from './draft-part.ts';

/** Whether whoever joins the crowd while the shield holds is covered too. */
export function KeepChoice({ draft, setDraft }: DraftPartProps) {
  const t = useTranslations('newShield');
  return (
    <ChoiceGroup id="keep" legend={t('keep')}>
      <Choice
        id="keepUp"
        type="checkbox"
        label={t('keepUp')}
        hint={t('keepUpHint')}
        checked={draft.keepUp}
        onChange={(event) => setDraft({ keepUp: event.target.checked })}
      />
    </ChoiceGroup>
  );
}
