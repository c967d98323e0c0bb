'use client';
import type { ConnectionView } from '@secateur/core/connections/schemas';
import { GRANT_VERBS, type GrantVerb } from '@secateur/core/tenants/policy';
import { GRANT_DAYS } from '@secateur/core/tenants/schemas';
import { Choice, ChoiceGroup } from '@secateur/ui/choice';
import { SelectField } from '@secateur/ui/field';
import { useTranslations } from 'next-intl';

export type GrantDraft = { connectionIds: string[]; verbs: GrantVerb[]; days: (typeof GRANT_DAYS)[number] };
export const NO_GRANT: GrantDraft = { connectionIds: [], verbs: ['view', 'prepare'], days: 7 };

type GrantFieldsProps = {
  /** Begins the ids of the fields. */
  id: string;
  connections: ConnectionView[];
  value: GrantDraft;
  missing: boolean;
  onChange: (value: GrantDraft) => void;
};

const without = <T,>(all: readonly T[], one: T) => all.filter((other) => other !== one);

/** Which accounts, which verbs, for how long. To do something is to see it, so seeing is always part of it. */
export function GrantFields({ id, connections, value, missing, onChange }: GrantFieldsProps) {
  const t = useTranslations('members');
  return (
    <>
      <ChoiceGroup
        id={`${id}-accounts`}
        legend={t('grantAccounts')}
        error={missing ? t('grantAccountsMissing') : undefined}
      >
        {connections.map((connection) => (
          <Choice
            key={connection.id}
            id={`${id}-${connection.id}`}
            type="checkbox"
            label={`@${connection.handle}`}
            checked={value.connectionIds.includes(connection.id)}
            onChange={(event) =>
              onChange({
                ...value,
                connectionIds: event.target.checked
                  ? [...value.connectionIds, connection.id]
                  : without(value.connectionIds, connection.id),
              })
            }
          />
        ))}
      </ChoiceGroup>
      <ChoiceGroup id={`${id}-verbs`} legend={t('grantVerbs')} hint={t('grantNever')}>
        {GRANT_VERBS.map((verb) => (
          <Choice
            key={verb}
            id={`${id}-${verb}`}
            type="checkbox"
            label={t(`verbs.${verb}`)}
            hint={t(`verbHints.${verb}`)}
            disabled={verb === 'view'}
            checked={verb === 'view' || value.verbs.includes(verb)}
            onChange={(event) =>
              onChange({
                ...value,
                verbs: event.target.checked ? [...value.verbs, verb] : without(value.verbs, verb),
              })
            }
          />
        ))}
      </ChoiceGroup>
      <SelectField
        id={`${id}-days`}
        label={t('grantDays')}
        value={value.days}
        onChange={(event) =>
          onChange({ ...value, days: GRANT_DAYS.find((days) => days === Number(event.target.value)) ?? value.days })
        }
      >
        {GRANT_DAYS.map((days) => (
          <option key={days} value={days}>
            {t('days', { days })}
          </option>
        ))}
      </SelectField>
    </>
  );
}
