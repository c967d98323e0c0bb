/** So many points in any window of so many seconds; a window opens with its first use. */
export type Policy = { name: string; points: number; seconds: number };

/** What each write costs. Source: docs.bsky.app/docs/advanced-guides/rate-limits and the PDS's rate-limits.ts. */
export const WRITE_POINTS = { create: 3, update: 2, delete: 1 } as const;

/** Source: as above. All but the first are counted per account. */
export const POLICIES = {
  address: { name: 'address', points: 3_000, seconds: 300 },
  writesHour: { name: 'writes-hour', points: 5_000, seconds: 3_600 },
  writesDay: { name: 'writes-day', points: 35_000, seconds: 86_400 },
  signIns: { name: 'sign-ins', points: 30, seconds: 300 },
  signInsDay: { name: 'sign-ins-day', points: 300, seconds: 86_400 },
} as const satisfies Record<string, Policy>;
