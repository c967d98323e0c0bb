import type { FaultKind } from '@secateur/sandbox';
import type { BY_HAND } from '../shared/steps.ts';
import type { Moment } from '../shared/watch.ts';

export type Action = 'block' | 'mute';
/** What a shield does about those whom a rule finds. */
export type Choice = 'spare' | 'weaken' | 'nothing';
export const HOLDS = ['2m', '1d', '3d', '7d', '30d', '6w', 'forever'] as const;
export type Hold = (typeof HOLDS)[number];

/** How a worker dies. */
export const DEATHS = ['before-send', 'after-send', 'before-commit', 'rolled-back', 'after-commit'] as const;

/** One command of a sequence. People, shields and accounts are numbers, taken modulo how many there are. */
export type Command =
  | { do: 'connect' }
  | {
      do: 'raise';
      troll: number;
      action: Action;
      hold: Hold;
      account: boolean;
      followers: boolean;
      both: boolean;
      rules: [follows: Choice, followers: Choice, mutuals: Choice];
    }
  | { do: 'discard'; troll: number }
  | { do: 'pause' | 'resume' | 'cancel' | 'undo'; shield: number }
  | { do: 'extend'; shield: number; hold: Hold }
  | { do: 'undo-target'; shield: number; person: number }
  | { do: 'allow' | 'disallow'; person: number }
  | { do: 'by-hand'; what: (typeof BY_HAND)[number]; person: number }
  | { do: 'reread'; kind: 'people' | 'blocks' | 'mutes' }
  | { do: 'advance'; minutes: number }
  | { do: 'work'; jobs: number }
  | { do: 'drain' }
  | { do: 'calm' }
  | { do: 'fault'; kind: FaultKind; method: string; count: number; after: number }
  | { do: 'lose-job'; nth: number }
  | { do: 'die'; how: (typeof DEATHS)[number]; after: number; lease: 'released' | 'ran-out' }
  | { do: 'hold-back' }
  | { do: 'deliver' }
  | { do: 'revoke' }
  | { do: 'reconnect' }
  | { do: 'during'; moment: Moment; after: number; what: Command };
