import { MINUTE, SECOND } from '@secateur/base';
import type { MemberContext } from '@secateur/core/context';
import { type Life, type LifeOptions, startLife } from '@secateur/core/testing';
import { type Asker, openAsker, type Server } from '../shared/database.ts';

/** A tenant on a pretend network with the documented limits, and a clock that is moved to whenever something is due. */
export type Stage = {
  life: Life;
  /** Who looks at previews. */
  member: MemberContext;
  now(): Date;
  /** Does what is due, moves the clock to what is due next, and so on until then. */
  until(at: Date): Promise<void>;
  /** Of our own tables, for figures. */
  ask: Asker['ask'];
  close(): Promise<void>;
};

/** Looking anew after a hundredth of what has passed moves nothing by a tenth of it; and no fleet sleeps longer than that. */
const STEP = { part: 0.01, least: 30 * SECOND, most: 5 * MINUTE };

let opened = 0;

export async function openStage(server: Server, name: string, options: Omit<LifeOptions, 'urls'>): Promise<Stage> {
  // Never dropped while the server lives: a connection that is just being closed would be torn.
  opened += 1;
  const urls = await server.database(`${name}_${opened}`);
  const life = await startLife({ ...options, urls, limits: true, gates: true });
  const { clock, control } = life.sandbox;
  const asker = await openAsker(urls.admin);
  const began = clock.now().getTime();
  const due = async (): Promise<number> => {
    const [row] = await asker.ask<{ at: Date | null }>(
      `SELECT min(wake_at) AS at FROM (
         SELECT wake_at FROM network_accounts UNION ALL SELECT wake_at FROM shields UNION ALL SELECT wake_at FROM readings
         UNION ALL SELECT wake_at FROM connections UNION ALL SELECT wake_at FROM audiences) due`,
    );
    return row?.at?.getTime() ?? Number.POSITIVE_INFINITY;
  };
  return {
    life,
    member: life.member,
    now: () => clock.now(),
    async until(at) {
      for (;;) {
        await life.drain.run();
        const now = clock.now().getTime();
        if (now >= at.getTime()) return;
        const step = Math.min(STEP.most, Math.max(STEP.least, (now - began) * STEP.part));
        const to = Math.min(at.getTime(), Math.max(now + step, await due()));
        await control.advance(to - now);
      }
    },
    ask: asker.ask,
    async close() {
      await asker.close();
      await life.close();
    },
  };
}
