import { HOUR, MINUTE, SECOND } from '@secateur/base';
import { bindJobs } from '@secateur/core/catalogue';
import type { WorkerContext } from '@secateur/core/context';
import { releaseMember, tidy, wakeDue } from '@secateur/core/fleet';
import { forgetFlows } from '@secateur/core/oauth';
import { wakeKeys } from '@secateur/core/secrets';
import { tellEndings } from '@secateur/core/shields';
import { closeTrail, type Trail } from '@secateur/core/trail';
import { joinFleet, type RunningLane, startLane, startSweeper, startTicker } from '@secateur/queue/runtime';
import type { Deps } from './deps.ts';
import { countJobs, trailAnchored } from './metrics.ts';
import { sayMissingKeys } from './missing-keys.ts';

export type Worker = {
  /** The id under which this process is known in the fleet and in leases. */
  memberId: string;
  /** Aborted when others took this process for dead: it should end. */
  lost: AbortSignal;
  /** Takes no more jobs, ends the running ones, leaves the fleet. */
  stop(): Promise<void>;
};

/** How often rows whose time has come are looked for, in real milliseconds. */
const WAKE_EVERY = SECOND;
const TIDY_EVERY = HOUR;
const FORGET_EVERY = MINUTE;
const TELL_EVERY = MINUTE;
/** How often keys are looked for that want tending. */
const TEND_EVERY = 10 * SECOND;
/** Twice a minute, so that no row waits longer than one although a transaction may last 20 s and a leader may die. */
const ANCHOR_EVERY = MINUTE / 2;

/**
 * Joins the fleet and works off its lanes: with the sweep that finds dead members, the reconciler that makes lost and
 * due jobs from rows, the telling of what ends soon, the tending of tenants' keys, the anchoring of the trail, and the hourly tidying. All but the lanes
 * run in one process of the fleet at a time.
 */
export async function startWorker(deps: Deps, options: { sweep?: boolean } = {}): Promise<Worker> {
  const { env, log } = deps;
  const queueUrl = env.QUEUE_DATABASE_URL;
  const member = await joinFleet({ directUrl: queueUrl, name: env.LANES.join('+'), log });
  const ctx: WorkerContext = {
    prisma: deps.db.prisma,
    clock: deps.clock,
    networks: deps.networks,
    keys: { intake: env.SEALING_PRIVATE_KEYS, wrap: env.WORKER_KEYS },
    locks: deps.locks,
    memberId: member.id,
    lost: member.lost,
  };
  await sayMissingKeys(ctx, log);
  const handlers = bindJobs(ctx);
  const lanes: RunningLane[] = [];
  for (const lane of env.LANES) {
    lanes.push(
      await startLane({ lane, queueUrl, concurrency: env.CONCURRENCY, handlers, member, log, hooks: countJobs() }),
    );
  }
  const helpers = [
    startTicker({ url: queueUrl, name: 'wake', everyMs: WAKE_EVERY, log, tick: async () => void (await wakeDue(ctx)) }),
    startTicker({ url: queueUrl, name: 'tidy', everyMs: TIDY_EVERY, log, tick: () => tidy(ctx) }),
    startTicker({ url: queueUrl, name: 'flows', everyMs: FORGET_EVERY, log, tick: () => forgetFlows(ctx) }),
    startTicker({
      url: queueUrl,
      name: 'endings',
      everyMs: TELL_EVERY,
      log,
      tick: async () => void (await tellEndings(ctx)),
    }),
    startTicker({
      url: queueUrl,
      name: 'keys',
      everyMs: TEND_EVERY,
      log,
      tick: async () => void (await wakeKeys(ctx)),
    }),
  ];
  const { trail } = deps;
  if (trail) {
    const tick = () => anchorTrail(ctx, trail, log);
    helpers.push(startTicker({ url: queueUrl, name: 'trail', everyMs: ANCHOR_EVERY, log, tick }));
  }
  if (options.sweep ?? true) {
    helpers.push(startSweeper({ url: queueUrl, log, onDead: (memberId, tx) => releaseMember(tx, memberId) }));
  }
  return {
    memberId: member.id,
    lost: member.lost,
    async stop() {
      await Promise.all(helpers.map((h) => h.stop()));
      await Promise.all(lanes.map((l) => l.stop()));
      await member.leave();
    },
  };
}

async function anchorTrail(ctx: WorkerContext, trail: Trail, log: Deps['log']): Promise<void> {
  const { missing } = await closeTrail(ctx, trail);
  if (missing > 0n) log.error({ entries: String(missing) }, 'the anchor of the trail has lost entries');
  trailAnchored();
}
