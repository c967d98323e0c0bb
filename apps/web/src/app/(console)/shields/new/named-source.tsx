'use client';
import { recognise } from '@secateur/core/shields/policy';
import { SelectField, TextField } from '@secateur/ui/field';
import { useTranslations } from 'next-intl';
import { networkOf } from '~/shield/draft-source.ts';
import type { SourcePartProps } from './source-part.ts';
import { TakenChoice } from './taken-choice.tsx';

/** Somebody, a post or a list, by name or link, and what is taken of it. */
export function NamedSource(props: SourcePartProps) {
  const t = useTranslations();
  const { source, setSource, usable, missing } = props;
  const isFirst = source.id === 'first';
  const id = `query-${source.id}`;
  const networks = [...new Set(usable.map(({ network }) => network))];
  const open = source.query.trim() !== '' && recognise(source.query).network === null && networks.length > 1;
  return (
    <div className="grid gap-6">
      <TextField
        id={id}
        label={isFirst ? t('newShield.query') : t('newShield.another')}
        hint={isFirst ? t('newShield.queryHint') : t('newShield.anotherHint')}
        error={missing.includes(id) ? t('newShield.queryMissing') : undefined}
        autoComplete="off"
        autoCapitalize="none"
        autoCorrect="off"
        spellCheck={false}
        maxLength={300}
        value={source.query}
        onChange={(event) => setSource({ ...source, query: event.target.value })}
      />
      {open ? (
        <SelectField
          id={`network-${source.id}`}
          label={t('newShield.onNetwork')}
          value={networkOf(source, usable)}
          onChange={(event) =>
            setSource({ ...source, network: networks.find((one) => one === event.target.value) ?? null })
          }
        >
          {networks.map((one) => (
            <option key={one} value={one}>
              {t(`accounts.network.${one}`)}
            </option>
          ))}
        </SelectField>
      ) : null}
      <TakenChoice {...props} />
    </div>
  );
}
