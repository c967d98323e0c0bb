'use client';
import { SHOWN_TO_ACCOUNTS, type Taken } from '@secateur/core/shields/policy';
import { Choice, ChoiceGroup } from '@secateur/ui/choice';
import { useTranslations } from 'next-intl';
import { networkOf, offeredOf, takenOf, whatOf, withTaken } from '~/shield/draft-source.ts';
import type { SourcePartProps } from './source-part.ts';

/** What to take of what was named: the account, who follows it, who liked it. */
export function TakenChoice({ source, setSource, usable, missing }: SourcePartProps) {
  const t = useTranslations('newShield');
  const offered = offeredOf(source, usable);
  const taken = takenOf(source, usable);
  const suffix = source.id === 'first' ? '' : `-${source.id}`;
  const id = `cover-${source.id}`;
  const hintOf = (kind: Taken) => {
    const toAccounts = SHOWN_TO_ACCOUNTS[networkOf(source, usable)].includes(kind) ? [t('accountsHint')] : [];
    return [...(kind === 'quoters' ? [t('quotersHint')] : []), ...toAccounts].join(' ') || undefined;
  };
  if (offered.length === 0) {
    return (
      <p id={id} tabIndex={-1} className="font-semibold">
        {t('nothingOffered')}
      </p>
    );
  }
  return (
    <ChoiceGroup id={id} legend={t('cover')} error={missing.includes(id) ? t('coverMissing') : undefined}>
      {offered.map((kind) => (
        <Choice
          key={kind}
          id={`cover-${kind}${suffix}`}
          type="checkbox"
          label={kind === 'account' && whatOf(source) === 'post' ? t('take.author') : t(`take.${kind}`)}
          hint={hintOf(kind)}
          checked={taken.includes(kind)}
          onChange={(event) => setSource(withTaken(source, kind, event.target.checked))}
        />
      ))}
    </ChoiceGroup>
  );
}
