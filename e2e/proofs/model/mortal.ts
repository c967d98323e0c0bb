import { newId } from '@secateur/base';
import type { WorkerContext } from '@secateur/core/context';
import { releaseMember } from '@secateur/core/fleet';
import { createDrain, type Drain } from '@secateur/core/testing';
import type { NetworkPort } from '@secateur/networks/port';
import type { DEATHS } from './command.ts';
import type { Stage } from './stage.ts';

type Death = (typeof DEATHS)[number];

/** A worker that can die: from then on it reaches neither the database nor the network, and its lease is left as it was. */
export type Mortal = {
  ctx: WorkerContext;
  drain: Drain;
  readonly dead: boolean;
  die(): never;
  /** Its death to come: at the network, or around the nth of its transactions. */
  doom(how: Death, after: number): void;
  readonly doomed: Death | null;
};

/** A new worker, in the place of the one before. `wrap` is given it, so that what it sends can be the last it does. */
export function bear(stage: Stage, wrap: (port: NetworkPort, self: () => Mortal) => NetworkPort): Mortal {
  const { fate } = stage;
  fate.reset();
  const ctx: WorkerContext = {
    prisma: stage.workerDb.prisma,
    clock: stage.sandbox.clock,
    keys: stage.keys,
    locks: stage.locks,
    memberId: newId(),
    lost: fate.lost,
    networks: { bluesky: wrap(stage.network, () => mortal) },
  };
  const mortal: Mortal = {
    ctx,
    drain: createDrain(ctx, stage.urls.queue),
    get dead() {
      return fate.dead;
    },
    get doomed() {
      return fate.how;
    },
    die: () => fate.die(),
    doom: (how, after) => fate.doom(how, after),
  };
  return mortal;
}

/** What becomes of a dead worker's lease: the fleet finds it dead, or its time runs out. */
export async function bury(stage: Stage, { ctx }: Mortal, lease: 'released' | 'ran-out'): Promise<void> {
  if (lease === 'released') await releaseMember(stage.queue.prisma, ctx.memberId);
  else {
    await stage.admin.query(
      "UPDATE network_accounts SET held_until = clock_timestamp() - interval '1 second' WHERE holder = $1",
      [ctx.memberId],
    );
  }
}
