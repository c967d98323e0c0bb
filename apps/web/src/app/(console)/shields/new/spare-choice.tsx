'use client';
import { TELLS_TALKS } from '@secateur/core/exemptions/schemas';
import { TextField } from '@secateur/ui/field';
import { useTranslations } from 'next-intl';
import type { ActionPartProps } from './draft-part.ts';
import { RuleField } from './rule-field.tsx';

type NetworkName = keyof typeof TELLS_TALKS;

/** Most that may stand for many followers: more than any account has. */
const MOST = 1_000_000_000;

/** Whom to leave out or only mute, beside those who are always left out. */
export function SpareChoice({ networks, ...part }: ActionPartProps & { networks: readonly NetworkName[] }) {
  const { draft, setDraft } = part;
  const t = useTranslations('newShield');
  const untold = networks.some((network) => !TELLS_TALKS[network]);
  const more = draft.forTalked !== 'nothing' || draft.forVerified !== 'nothing' || draft.forPopular !== 'nothing';
  return (
    <fieldset className="grid min-w-0 gap-4" aria-describedby="spare-hint">
      <legend className="mb-1.5 font-semibold">{t('spare')}</legend>
      <p id="spare-hint" className="text-soft text-[0.94rem]">
        {t('spareHint')}
      </p>
      {(['forFollows', 'forFollowers', 'forMutuals'] as const).map((rule) => (
        <RuleField key={rule} rule={rule} {...part} />
      ))}
      <details open={more || undefined} className="rounded-control border border-edge bg-surface">
        <summary className="min-h-11 rounded-control px-4 py-2.5 font-semibold text-brand">{t('moreRules')}</summary>
        <div className="grid gap-4 px-4 pt-1 pb-4">
          <RuleField
            rule="forTalked"
            hint={untold ? `${t('talkedHint')} ${t('talkedNotOnX')}` : t('talkedHint')}
            {...part}
          />
          <RuleField rule="forVerified" {...part} />
          <RuleField rule="forPopular" {...part} />
          {draft.forPopular === 'nothing' ? null : (
            <TextField
              id="popularAbove"
              label={t('popularAbove')}
              hint={t('popularHint')}
              type="number"
              inputMode="numeric"
              min={1}
              max={MOST}
              value={draft.popularAbove}
              onChange={(event) => {
                const many = Math.round(event.target.valueAsNumber);
                if (many >= 1 && many <= MOST) setDraft({ popularAbove: many });
              }}
            />
          )}
        </div>
      </details>
    </fieldset>
  );
}
