'use client';
import { SelectField } from '@secateur/ui/field';
import { useTranslations } from 'next-intl';

type FilterFieldProps<Value extends string> = {
  name: 'standing' | 'reason' | 'shield' | 'account' | 'network' | 'action';
  value: Value | null;
  options: readonly (readonly [Value, string])[];
  onChoose: (value: Value | null) => void;
};

/** One choice of what is shown; without options there is none. What is chosen and no longer offered stays chosen. */
export function FilterField<Value extends string>({ name, value, options, onChoose }: FilterFieldProps<Value>) {
  const t = useTranslations('ledger');
  if (options.length === 0 && value === null) return null;
  const isOffered = value === null || options.some(([one]) => one === value);
  return (
    <SelectField
      id={`ledger-${name}`}
      label={t(name)}
      value={value ?? ''}
      onChange={({ target }) => onChoose(options.find(([one]) => one === target.value)?.[0] ?? null)}
    >
      <option value="">{t(`any.${name}`)}</option>
      {isOffered ? null : <option value={value}>{t('chosen')}</option>}
      {options.map(([one, text]) => (
        <option key={one} value={one}>
          {text}
        </option>
      ))}
    </SelectField>
  );
}
