'use client';
import { CHOICES } from '@secateur/core/exemptions/schemas';
import { SelectField } from '@secateur/ui/field';
import { useTranslations } from 'next-intl';
import type { ActionPartProps } from './draft-part.ts';

export type RuleName = 'forFollows' | 'forFollowers' | 'forMutuals' | 'forTalked' | 'forVerified' | 'forPopular';

type RuleFieldProps = ActionPartProps & { rule: RuleName; hint?: string };

/** What to do about one kind of people. In a shield that mutes there is nothing milder than muting but sparing. */
export function RuleField({ rule, draft, setDraft, action, hint }: RuleFieldProps) {
  const t = useTranslations('newShield');
  const choices = CHOICES.filter((choice) => choice !== 'weaken' || action === 'block');
  const value = choices.find((choice) => choice === draft[rule]) ?? 'nothing';
  return (
    <SelectField
      id={rule}
      label={t(rule)}
      hint={hint}
      value={value}
      onChange={(event) => {
        const choice = choices.find((one) => one === event.target.value);
        if (choice) setDraft({ [rule]: choice });
      }}
    >
      {choices.map((choice) => (
        <option key={choice} value={choice}>
          {t(`choices.${choice}`)}
        </option>
      ))}
    </SelectField>
  );
}
