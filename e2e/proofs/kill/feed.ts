import type { Asker } from '../shared/database.ts';
import type { Loaded } from '../shared/load.ts';
import { wakeAll } from '../shared/wake.ts';
import { wantTargets } from '../shared/wanted.ts';

/** Gives the workers some more to do; 'all' that is left. */
export type Feed = (asker: Asker, how?: 'all') => Promise<void>;

/** Hands out every account's targets in so many slices, each time for a random half of the accounts. */
export function feeder(accounts: Loaded[], times: number, random: () => number): Feed {
  const next = new Map(accounts.map((account) => [account, 0]));
  return async (asker, how) => {
    const wants = accounts.flatMap((account) => {
      const from = next.get(account) ?? 0;
      const { targets } = account.player;
      const slice = Math.ceil((2 * targets.length) / times);
      const to = how === 'all' ? targets.length : random() < 0.5 ? Math.min(targets.length, from + slice) : from;
      next.set(account, to);
      return to > from ? [{ account, dids: targets.slice(from, to) }] : [];
    });
    if (wants.length === 0) return;
    await wantTargets(asker, wants, new Date());
    await wakeAll(
      asker,
      wants.map((w) => w.account),
    );
  };
}
