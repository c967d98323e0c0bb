'use client';
import { DAY, SECOND } from '@secateur/base/clock';
import { HOLD_NAMES, HOLDS } from '@secateur/core/shields/policy';
import { useTranslations } from 'next-intl';

/** How long a shield holds, in words. `seconds` is null for one that stays until it is lifted. */
export function useHoldName(): (seconds: number | null) => string {
  const t = useTranslations('holds');
  return (seconds) => {
    const name = HOLD_NAMES.find((one) => HOLDS[one] === seconds);
    return name ? t(name) : t('days', { days: Math.round(((seconds ?? 0) * SECOND) / DAY) });
  };
}
