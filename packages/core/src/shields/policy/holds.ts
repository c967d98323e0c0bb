import { DAY, MINUTE, SECOND } from '@secateur/base/clock';

/** How long a shield holds each target, by the name a form sends. Seconds; null is until somebody lifts it. */
export const HOLDS = {
  '2m': (2 * MINUTE) / SECOND,
  '1d': DAY / SECOND,
  '3d': (3 * DAY) / SECOND,
  '7d': (7 * DAY) / SECOND,
  '30d': (30 * DAY) / SECOND,
  '6w': (42 * DAY) / SECOND,
  '3m': (91 * DAY) / SECOND,
  '6m': (182 * DAY) / SECOND,
  '1y': (365 * DAY) / SECOND,
  forever: null,
} as const satisfies Record<string, number | null>;
export type Hold = keyof typeof HOLDS;

/** What the form offers, in order; the first is not offered outside a demo. */
export const HOLD_NAMES = ['2m', '1d', '3d', '7d', '30d', '6w', '3m', '6m', '1y', 'forever'] as const satisfies Hold[];
export const DEFAULT_HOLD: Hold = '6w';
export const DEMO_HOLDS: readonly Hold[] = ['2m'];
