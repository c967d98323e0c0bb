import type { Choice } from '@secateur/core/exemptions/schemas';
import type { Action, NetworkName } from '@secateur/networks/port';
import type { FaultKind } from '@secateur/sandbox';
import type { BY_HAND } from '../shared/steps.ts';
import type { Moment } from '../shared/watch.ts';

export const NETWORKS = ['bluesky', 'mastodon', 'x'] as const satisfies NetworkName[];

export type ByHand = (typeof BY_HAND)[number];

export const HOLDS = { '2m': 120, '1d': 86_400, '3d': 259_200, '7d': 604_800 } as const;
export type Hold = keyof typeof HOLDS;

/** Where a crowd comes from. `file` is one that holds half of everybody. */
export const SOURCES = ['account', 'followers', 'following', 'reposters', 'repliers', 'file'] as const;
export type Source = { network: NetworkName; kind: (typeof SOURCES)[number]; troll: number };

/** One step of a world's history. People and shields are numbers, taken modulo how many there are. */
export type Step =
  | {
      do: 'raise';
      on: NetworkName[];
      sources: Source[];
      threshold: number;
      action: Action;
      hold: Hold;
      rules: [follows: Choice, followers: Choice, mutuals: Choice];
    }
  | { do: 'hand'; network: NetworkName; what: ByHand; person: number }
  | { do: 'allow' | 'disallow'; network: NetworkName; person: number }
  | { do: 'pause' | 'resume' | 'undo'; shield: number }
  | { do: 'advance'; minutes: number }
  | { do: 'work'; jobs: number }
  | { do: 'drain' }
  | { do: 'calm' }
  | { do: 'fault'; kind: FaultKind; method: string; count: number; after: number; retryAfterSeconds?: number }
  | { do: 'during'; moment: Moment; after: number; what: Step };
export type Raise = Extract<Step, { do: 'raise' }>;
