'use client';
import type { ShieldView } from '@secateur/core/shields/schemas';
import { Card } from '@secateur/ui/card';
import { useFormatter, useTranslations } from 'next-intl';
import { Fact, Facts } from '~/parts/facts.tsx';
import { useHoldName } from '~/shield/hold-name.ts';

/** Its times and its tokens. */
export function When({ shield }: { shield: ShieldView }) {
  const t = useTranslations('shield');
  const format = useFormatter();
  const holdName = useHoldName();
  const { hold, firstLiftAt, lastLiftAt, endedAt, tokens } = shield;
  const lift = (at: Date | null) => {
    if (at) return format.dateTime(at, 'full');
    return hold === null ? t('neverLift') : t('afterConfirm');
  };
  return (
    <Card>
      <h2 className="mb-2 text-xl">{t('factsHeading')}</h2>
      <Facts>
        <Fact name={t('hold')}>{holdName(hold)}</Fact>
        <Fact name={t('firstLift')}>{lift(firstLiftAt)}</Fact>
        <Fact name={t('lastLift')}>{lift(lastLiftAt)}</Fact>
        {endedAt ? <Fact name={t('endedAt')}>{format.dateTime(endedAt, 'full')}</Fact> : null}
        <Fact name={t('tokens')}>{t('tokensValue', { charged: tokens.charged, held: tokens.held })}</Fact>
      </Facts>
    </Card>
  );
}
