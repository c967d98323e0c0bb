'use client';
import { DEMO_HOLDS, HOLD_NAMES, type Hold } from '@secateur/core/shields/policy';
import { SelectField } from '@secateur/ui/field';
import { useTranslations } from 'next-intl';
import type { DraftPartProps } from './draft-part.ts';

/** For how long. */
export function HoldField({ draft, setDraft, demo }: DraftPartProps & { demo: boolean }) {
  const t = useTranslations();
  const offered = HOLD_NAMES.filter((name) => demo || !DEMO_HOLDS.includes(name));
  return (
    <div className="grid gap-2">
      <SelectField
        id="hold"
        label={t('newShield.hold')}
        hint={t('newShield.holdHint')}
        value={draft.hold}
        onChange={(event) => setDraft({ hold: event.target.value as Hold })}
      >
        {offered.map((name) => (
          <option key={name} value={name}>
            {t(`holds.${name}`)}
          </option>
        ))}
      </SelectField>
      {draft.hold === 'forever' ? <p className="text-soft text-[0.94rem]">{t('newShield.foreverNote')}</p> : null}
    </div>
  );
}
