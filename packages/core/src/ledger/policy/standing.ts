import type { Standing } from '../schemas.ts';

/** What a target's standing follows from. `finds.ts` says the same in SQL; a test compares the two. */
export type Facts = {
  shieldId: string;
  state: string;
  reason: string | null;
  coveredAt: Date | null;
  shieldState: string;
  effectState: string | null;
  /** The shield that made the effect, or is to make it. */
  effectShieldId: string | null;
};

const OVER: Record<string, Standing> = {
  time_up: 'expired',
  undone: 'undone',
  undone_one: 'undone',
  lifted_by_you: 'undone',
  kept: 'kept',
};

/** How a target stands. Only what the network has acknowledged is `done`. */
export function standingOf(facts: Facts): Standing {
  if (facts.state === 'spared') return 'spared';
  if (facts.state === 'over') return OVER[facts.reason ?? ''] ?? 'withdrawn';
  if (facts.effectState === 'by_hand') return 'already';
  if (facts.effectState === 'failed') return 'failed';
  if (facts.shieldState === 'ended') return 'withdrawn';
  if (facts.effectState === 'undone') return 'undone';
  if (facts.effectState !== 'applied' && facts.effectState !== 'lifting') return 'planned';
  return facts.coveredAt !== null && facts.effectShieldId !== facts.shieldId ? 'by_shield' : 'done';
}
