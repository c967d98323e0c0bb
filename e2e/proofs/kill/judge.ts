import type { Finding } from '../shared/say.ts';
import type { Truth } from './truth.ts';

export type Seen = Truth & {
  targets: number;
  killed: number;
  /** Accounts that the killed held at that moment. */
  heldWork: number;
  crashes: number;
  /** Writes that were carried out before their connection was broken. */
  resets: number;
  writesPerTarget: number;
  /** Seconds from a kill until all that was left behind was somebody else's; null when it was waited for in vain. */
  slowestRecovery: number | null;
  endedByThemselves: number;
  /** Seconds within which it must be. */
  recovery: number;
};

/** What was promised, by name; the first that does not hold is the one that is named. */
export function judge(seen: Seen): Finding {
  const { recovery, slowestRecovery } = seen;
  const promises: Record<string, boolean> = {
    [`orphaned work is taken up within ${recovery} s`]: slowestRecovery !== null && slowestRecovery <= recovery,
    'nobody is doubled': seen.doubled === 0,
    'nobody is lost': seen.lost === 0,
    'nobody else is blocked': seen.strange === 0,
    'our rows say what the network holds': seen.wrongEffects === 0,
    'counts and tokens are true': seen.wrongCounts === 0,
    'every effect is audited once': seen.notAudited === 0,
    'at most 1.25 writes a target': seen.writesPerTarget <= 1.25,
    'no worker takes itself for dead': seen.endedByThemselves === 0,
  };
  const broke = Object.entries(promises).find(([, holds]) => !holds)?.[0] ?? null;
  return { figures: seen, broke };
}
