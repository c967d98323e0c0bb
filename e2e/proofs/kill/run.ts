import { setTimeout as pause } from 'node:timers/promises';
import { makeKeys } from '@secateur/core/testing';
import { castPlayers } from '../shared/cast.ts';
import { openAsker, type Server } from '../shared/database.ts';
import { type Loaded, loadAccounts } from '../shared/load.ts';
import { randomOf } from '../shared/random.ts';
import { startSandboxProcess } from '../shared/sandbox.ts';
import type { Finding } from '../shared/say.ts';
import { shuffled } from '../shared/shuffled.ts';
import { becomes } from '../shared/until.ts';
import { type Feed, feeder } from './feed.ts';
import { createFleet } from './fleet.ts';
import { judge } from './judge.ts';
import { heldBy, stillOrphaned, together } from './orphans.ts';
import { restUntilDone } from './rest.ts';
import { truthOf } from './truth.ts';

export type KillOptions = {
  targets: number;
  accounts: number;
  kills: number;
  /** Worker processes alive at a time; two or more of them outlive every wave. */
  fleet: number;
  /** Times that Postgres itself is crashed and started again while workers live. */
  crashes: number;
  /** Of a hundred writes, how many are carried out and their answers lost. */
  resets: number;
  seed: number;
  bug: 'server-keys' | 'no-sweep' | null;
  /** Seconds within which the work of the killed must be somebody else's. */
  recovery: number;
  say(text: string): void;
};

/** Milliseconds that a write, and a question about relations, take on the network: so that kills find them under way. */
const WRITE_MS = 500;
const ASK_MS = 100;
/** Milliseconds at most between new work and the kill of who does it. */
const LONGEST_FUSE = 700;

/** Kills workers at random moments of their work, in waves, and asks the network what came of it. */
export async function proveKill(server: Server, options: KillOptions): Promise<Finding> {
  const { targets, accounts, kills, seed, bug, recovery, say } = options;
  const random = randomOf(`kill ${seed}`).next;
  const urls = await server.database('kill');
  const sandbox = await startSandboxProcess(seed);
  const { control } = sandbox;
  const keys = makeKeys();
  const players = await castPlayers(sandbox, accounts, targets / accounts);
  const loaded: Loaded[] = await loadAccounts(urls, { keys, players, accountsPerTenant: 5, now: new Date() });
  const write = 'com.atproto.repo.applyWrites';
  await control.addFault({ kind: 'applied-then-reset', method: write, probability: options.resets / 100, seed });
  await control.addFault({ kind: 'slow', method: write, latencyMs: WRITE_MS });
  await control.addFault({ kind: 'slow', method: 'app.bsky.graph.getRelationships', latencyMs: ASK_MS });
  const fleet = createFleet({ size: options.fleet, urls, sandboxUrl: sandbox.url, keys, bug });
  let asker = await openAsker(urls.admin);
  const waves = Math.ceil(kills / Math.max(1, (options.fleet - 1) / 2));
  const feed: Feed = feeder(loaded, waves + options.crashes, random);
  let slowestRecovery: number | null = 0;
  let killed = 0;
  let heldWork = 0;
  try {
    say(`${targets} targets on ${accounts} accounts; ${options.fleet} workers`);
    while (killed < kills && slowestRecovery !== null) {
      await fleet.fill();
      await feed(asker);
      await pause(30 + random() * LONGEST_FUSE);
      const most = Math.min(kills - killed, fleet.alive.length - 2);
      const victims = shuffled(fleet.alive, random).slice(0, 1 + Math.floor(random() * most));
      const members = victims.map((v) => v.memberId);
      const before = await heldBy(asker, members);
      const began = performance.now();
      await fleet.kill(victims);
      // What a victim claimed between our question and its death is found afterwards.
      const orphans = together(before, await heldBy(asker, members));
      killed += victims.length;
      heldWork += orphans.accounts.length;
      const taken = await becomes(2 * recovery, async () => (await stillOrphaned(asker, orphans)) === 0, 25);
      const seconds = (performance.now() - began) / 1_000;
      slowestRecovery = taken ? Math.max(slowestRecovery, seconds) : null;
      say(
        `${killed} killed, ${orphans.accounts.length} accounts left behind; ${taken ? '' : 'not '}taken up after ${seconds.toFixed(2)} s`,
      );
    }
    for (let crash = 1; crash <= options.crashes && slowestRecovery !== null; crash += 1) {
      await fleet.fill();
      await feed(asker);
      await pause(30 + random() * LONGEST_FUSE);
      await asker.close();
      await server.crash();
      asker = await openAsker(urls.admin);
      say(`Postgres crashed and came back (${crash})`);
      await restUntilDone(asker, control, say);
    }
    if (slowestRecovery !== null) {
      await fleet.fill();
      await feed(asker, 'all');
      await restUntilDone(asker, control, say);
    }
    const truth = await truthOf(control, asker, loaded);
    const arrived = (await control.writes()).reduce((sum, w) => sum + w.arrived, 0);
    const faults = (await control.faults()).find((f) => f.kind === 'applied-then-reset')?.struck ?? 0;
    return judge({
      ...truth,
      targets,
      killed,
      heldWork,
      crashes: options.crashes,
      resets: faults,
      writesPerTarget: arrived / targets,
      slowestRecovery,
      endedByThemselves: fleet.endedByThemselves(),
      recovery,
    });
  } finally {
    await fleet.close();
    await asker.close();
    await sandbox.close();
    await server.drop('kill');
  }
}
