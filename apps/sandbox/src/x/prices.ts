import type { Site } from '../site.ts';

/** Micro-dollars. Source: docs.x.com, x-api/getting-started/pricing (2026-08-22). Reads for each resource, writes for each request. */
export const PRICES = {
  post: 5_000,
  user: 10_000,
  follow: 10_000,
  list: 5_000,
  mute: 1_000,
  block: 1_000,
  interaction: 15_000,
  'interaction-delete': 10_000,
  'mute-delete': 5_000,
} as const;
export type Priced = keyof typeof PRICES;

/** Reads of the same resource are charged once a day (UTC); a write, which has no resources, every time. */
export function chargeFor(site: Site, kind: Priced, resources: string[] | null): void {
  const { x } = site.state;
  const day = new Date(site.clock.now()).toISOString().slice(0, 10);
  const due = resources === null ? [] : x.unpaid(kind, day, resources);
  const amount = PRICES[kind] * (resources === null ? 1 : due.length);
  if (amount === 0) return;
  site.record({ t: 'x-charge', kind, day, resources: due, amount });
  const { credit } = x.app;
  if (credit !== null) site.record({ t: 'x-app', app: { ...x.app, credit: credit - amount } });
}
