'use client';
import { highestThreshold } from '@secateur/core/shields/policy';
import { Choice, ChoiceGroup } from '@secateur/ui/choice';
import { useTranslations } from 'next-intl';
import { type DraftSource, inputsOf } from '~/shield/draft-source.ts';
import type { DraftPartProps } from './draft-part.ts';
import type { SourcePartProps } from './source-part.ts';

/** Whom of several lists: everybody in any, those in some of them, those in all. Not there where there is nothing to choose. */
export function CombineChoice({ draft, setDraft, usable }: DraftPartProps & Pick<SourcePartProps, 'usable'>) {
  const t = useTranslations('newShield.combine');
  const sources = draft.sources.flatMap((source: DraftSource) => inputsOf(source, usable));
  const highest = highestThreshold(sources);
  if (highest === 1) return null;
  const crowds = Map.groupBy(
    sources.filter(({ kind }) => kind !== 'account'),
    ({ network }) => network,
  );
  const isAll = [...crowds.values()].every((on) => on.length === highest);
  const chosen = Math.min(draft.threshold, highest);
  return (
    <ChoiceGroup id="combine" legend={t('legend')} hint={t('hint')}>
      {Array.from({ length: highest }, (_, n) => n + 1).map((threshold) => (
        <Choice
          key={threshold}
          id={`combine-${threshold}`}
          type="radio"
          name="combine"
          label={threshold === 1 ? t('any') : threshold === highest && isAll ? t('all') : t('some', { threshold })}
          checked={chosen === threshold}
          onChange={() => setDraft({ threshold })}
        />
      ))}
    </ChoiceGroup>
  );
}
