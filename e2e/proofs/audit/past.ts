import { eraseFromTrail } from '@secateur/core/trail';
import { withTenant } from '@secateur/db';
import type { Random } from '../shared/random.ts';
import { keep } from './kept.ts';
import { act, closeAll, type Stage } from './stage.ts';

/**
 * Lets some minutes pass in which every tenant's people and jobs do something, each minute closed and anchored. After a
 * third of them the tables are kept as `third`; somebody is erased on the way.
 */
export async function live(stage: Stage, random: Random, minutes: number): Promise<void> {
  const [first] = stage.members;
  for (let minute = 1; minute <= minutes; minute += 1) {
    await Promise.all(
      stage.members.map(async (member) => {
        for (let n = 1 + random.below(5); n > 0; n -= 1) await act(member, random);
      }),
    );
    if (minute === Math.ceil(minutes / 2) && first) {
      const { tenantId, userId } = first.actor;
      // Under another name from now on: what is written later isn't erased.
      await withTenant(stage.worker.prisma, tenantId, (tx) =>
        eraseFromTrail(tx, { tenantId, personId: userId, now: new Date() }),
      );
    }
    await closeAll(stage);
    if (minute === Math.ceil(minutes / 3)) await keep(stage, 'third');
  }
}
