import { newId } from '@secateur/base';
import type { WorkerContext } from '@secateur/core/context';
import { releaseMember } from '@secateur/core/fleet';
import { createDrain, type Drain } from '@secateur/core/testing';
import type { PrismaClient } from '@secateur/db';
import type { NetworkPort } from '@secateur/networks/port';
import type { DEATHS } from './command.ts';
import type { Stage } from './stage.ts';

type Death = (typeof DEATHS)[number];

/** What a dead worker would have gone on to do. */
export class Died extends Error {}

/** A worker that can die: from then on it reaches neither the database nor the network, and its lease is left as it was. */
export type Mortal = {
  ctx: WorkerContext;
  drain: Drain;
  readonly dead: boolean;
  die(): never;
  /** Its death to come: before or after the nth of its transactions. */
  doom(how: Death, after: number): void;
  readonly doomed: Death | null;
};

/** `networks` is given the worker, so that what it sends can be the last it does. */
export function bear(stage: Stage, wrap: (port: NetworkPort, self: () => Mortal) => NetworkPort): Mortal {
  const state = { dead: false, how: null as Death | null, after: 0 };
  const die = (): never => {
    state.dead = true;
    throw new Died('the worker died');
  };
  const alive = () => {
    if (state.dead) throw new Died('the worker is dead');
  };
  const real = stage.workerDb.prisma;
  const transaction = async (work: (tx: unknown) => Promise<unknown>, options: object): Promise<unknown> => {
    alive();
    const now = isOfCommit(state.how) && state.after-- <= 0;
    if (now && state.how === 'before-commit') die();
    const result = await real.$transaction(async (tx) => {
      const done = await work(tx);
      if (now && state.how === 'rolled-back') die();
      return done;
    }, options);
    if (now) die();
    return result;
  };
  const prisma = new Proxy(real, {
    get(target, name, receiver) {
      alive();
      return name === '$transaction' ? transaction : Reflect.get(target, name, receiver);
    },
  }) as PrismaClient;
  const ctx: WorkerContext = {
    prisma,
    clock: stage.sandbox.clock,
    keys: stage.keys,
    memberId: newId(),
    networks: { bluesky: wrap(stage.network, () => mortal) },
  };
  const mortal: Mortal = {
    ctx,
    drain: createDrain(ctx, stage.urls.queue),
    get dead() {
      return state.dead;
    },
    get doomed() {
      return state.how;
    },
    die,
    doom(how, after) {
      state.how = how;
      state.after = after;
    },
  };
  return mortal;
}

function isOfCommit(how: Death | null): boolean {
  return how === 'before-commit' || how === 'rolled-back' || how === 'after-commit';
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
