'use client';
import { ACTOR_KINDS, AUDIT_GROUPS } from '@secateur/core/audit/schemas';
import { SelectField, TextField } from '@secateur/ui/field';
import { useTranslations } from 'next-intl';
import type { Choice } from '~/activity/choice.ts';

type ActivityFilterProps = { choice: Choice; onChoose: (choice: Choice) => void };

/** What of the trail is shown. */
export function ActivityFilter({ choice, onChoose }: ActivityFilterProps) {
  const t = useTranslations('activity.filter');
  return (
    <fieldset className="grid gap-x-5 gap-y-4 sm:grid-cols-2">
      <legend className="sr-only">{t('legend')}</legend>
      <div className="grid grid-cols-2 gap-x-5 sm:col-span-2">
        <SelectField
          id="activity-by"
          label={t('by')}
          value={choice.actorKind ?? ''}
          onChange={({ target }) =>
            onChoose({ ...choice, actorKind: ACTOR_KINDS.find((kind) => kind === target.value) ?? null })
          }
        >
          <option value="">{t('everybody')}</option>
          {ACTOR_KINDS.map((kind) => (
            <option key={kind} value={kind}>
              {t(`kinds.${kind}`)}
            </option>
          ))}
        </SelectField>
        <SelectField
          id="activity-about"
          label={t('about')}
          value={choice.group ?? ''}
          onChange={({ target }) =>
            onChoose({ ...choice, group: AUDIT_GROUPS.find((group) => group === target.value) ?? null })
          }
        >
          <option value="">{t('everything')}</option>
          {AUDIT_GROUPS.map((group) => (
            <option key={group} value={group}>
              {t(`groups.${group}`)}
            </option>
          ))}
        </SelectField>
      </div>
      <TextField
        id="activity-from"
        type="date"
        label={t('from')}
        value={choice.from}
        onChange={({ target }) => onChoose({ ...choice, from: target.value })}
      />
      <TextField
        id="activity-to"
        type="date"
        label={t('to')}
        value={choice.to}
        onChange={({ target }) => onChoose({ ...choice, to: target.value })}
      />
    </fieldset>
  );
}
