import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { eraseFromTrail } from '@secateur/core/trail';
import { withTenant } from '@secateur/db';
import { type Child, startChild } from '../shared/child.ts';
import type { Server } from '../shared/database.ts';
import { type Random, randomOf } from '../shared/random.ts';
import { KEY } from '../shared/worker.ts';
import { act, closeAll, type Stage, verify } from './stage.ts';

export type StormOptions = { kills: number; crashes: number; seed: number; say(text: string): void };

export type Storm = {
  killed: number;
  stalled: number;
  crashes: number;
  /** Times that the anchor's last line was cut short, as a crash of its machine would. */
  torn: number;
  erasures: number;
  /** Rows whose transactions were acknowledged, rows that are there, and rows that are anchored in the end. */
  acknowledged: number;
  rows: number;
  anchored: number;
  entries: number;
  /** What the verification, asked after every one of these, took for tampering. */
  alarms: string[];
};

/** Two of them, of which one is killed or stalled while the other goes on. */
const CLOSERS = 2;

/**
 * People and jobs write, two processes close and anchor at once, and everything ends in the middle: processes by SIGKILL,
 * or for a while by SIGSTOP, Postgres by a crash, the anchor's last line by half. Nobody tampers.
 */
export async function storm(server: Server, stage: Stage, options: StormOptions): Promise<Storm> {
  const { kills, crashes, seed, say } = options;
  const random = randomOf(`storm ${seed}`);
  const seen: Storm = {
    killed: 0,
    stalled: 0,
    crashes: 0,
    torn: 0,
    erasures: 0,
    acknowledged: 0,
    rows: 0,
    anchored: 0,
    entries: 0,
    alarms: [],
  };
  const closers = new Set<Child>();
  const writing = startWriters(stage, random, seen);
  const look = async (after: string) => {
    const { faults, findings } = await verify(stage);
    if (faults > 0) seen.alarms.push(`${after}: ${findings[0]?.fault} ${findings[0]?.detail}`);
  };
  const kill = async (closer: Child) => {
    closers.delete(closer);
    await closer.end('SIGKILL');
    seen.killed += 1;
    if (seen.killed % 10 === 0) say(`${seen.killed} killed`);
  };
  try {
    while (seen.killed < kills) {
      while (closers.size < CLOSERS) closers.add(await startCloser(stage));
      await pause(random.below(250));
      const one = random.pick([...closers]);
      if (random.chance(0.3)) {
        one.signal('SIGSTOP');
        seen.stalled += 1;
        await pause(random.below(300));
        await look('a stall');
        one.signal('SIGCONT');
      } else {
        await kill(one);
        await look('a kill');
      }
      if (random.chance(0.2)) {
        for (const closer of [...closers]) await kill(closer);
        if (await tear(stage, random)) seen.torn += 1;
        await look('a torn line');
      }
      if (random.chance(0.1)) await eraseSomebody(stage, random, seen);
      if (seen.crashes < crashes && seen.killed > ((seen.crashes + 1) * kills) / (crashes + 1)) {
        await server.crash();
        await stage.reopen();
        seen.crashes += 1;
        await look('a crash of Postgres');
      }
    }
  } finally {
    await writing.stop();
    for (const closer of [...closers]) await closer.end('SIGKILL');
  }
  await closeAll(stage);
  const end = await verify(stage);
  if (end.faults > 0) seen.alarms.push(`in the end: ${end.findings[0]?.fault} ${end.findings[0]?.detail}`);
  const [count] = await stage.owner.ask<{ rows: number }>('SELECT count(*)::int AS rows FROM audit');
  seen.rows = count?.rows ?? 0;
  seen.anchored = end.rows;
  seen.entries = Number(end.entries);
  say(`${seen.killed} killed, ${seen.stalled} stalled, ${seen.anchored} of ${seen.rows} rows anchored`);
  return seen;
}

async function startCloser({ urls }: Stage): Promise<Child> {
  const child = startChild({
    args: [join(import.meta.dirname, 'closer.ts')],
    env: { DATABASE_URL: urls.worker, TRAIL_ANCHOR: urls.anchor, TRAIL_KEY: KEY.toString('base64url') },
  });
  await child.line((line) => (line === 'closing' ? true : undefined));
  return child;
}

/** Everybody writes, some in transactions that last; what a crash interrupts is not counted. */
function startWriters(stage: Stage, random: Random, seen: Storm): { stop(): Promise<void> } {
  let stopped = false;
  const writers = stage.members.map(async (member) => {
    while (!stopped) {
      const slow = random.chance(0.1) ? () => pause(random.below(60)) : undefined;
      try {
        const rows = await act(member, random, slow);
        seen.acknowledged += rows;
      } catch {
        await pause(50);
      }
      await pause(random.below(100));
    }
  });
  return {
    async stop() {
      stopped = true;
      await Promise.all(writers);
    },
  };
}

async function eraseSomebody(stage: Stage, random: Random, seen: Storm): Promise<void> {
  const { tenantId, userId } = random.pick(stage.members).actor;
  await withTenant(stage.worker.prisma, tenantId, (tx) =>
    eraseFromTrail(tx, { tenantId, personId: userId, now: new Date() }),
  );
  seen.erasures += 1;
}

/**
 * Cuts the anchor's last line anywhere, as if its machine had crashed while it was written. Only a line of the newest entry
 * can be: the next one is not begun before a line is safe. Returns whether it did.
 */
async function tear({ urls, owner }: Stage, random: Random): Promise<boolean> {
  const text = readFileSync(urls.anchor, 'utf8');
  const start = text.trimEnd().lastIndexOf('\n') + 1;
  const [newest] = await owner.ask<{ entry: string }>('SELECT max(entry)::text AS entry FROM audit_links');
  if (start === 0 || !text.startsWith(`{"entry":"${newest?.entry}"`, start)) return false;
  writeFileSync(urls.anchor, text.slice(0, start + random.below(text.length - start)));
  return true;
}
