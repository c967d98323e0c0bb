import { setTimeout as pause } from 'node:timers/promises';
import { makeKeys } from '@secateur/core/testing';
import type { Server } from '../shared/database.ts';
import { randomOf } from '../shared/random.ts';
import { startSandboxProcess } from '../shared/sandbox.ts';
import { becomes } from '../shared/until.ts';
import { startWorkerProcess } from '../shared/worker.ts';
import { act, openStage, verify } from './stage.ts';

export type MinuteOptions = { waits: number; seed: number; most: number; say(text: string): void };

/**
 * Lets two real workers anchor, kills the one that does before the last wait, and measures the longest time that a row
 * waited for its anchor, in seconds; null when it was waited for in vain.
 */
export async function anchoredWithin(
  server: Server,
  { waits, seed, most, say }: MinuteOptions,
): Promise<number | null> {
  const random = randomOf(`minute ${seed}`);
  const stage = await openStage(server, 'minute', 1, null);
  const sandbox = await startSandboxProcess(seed);
  const start = () => startWorkerProcess({ urls: stage.urls, sandboxUrl: sandbox.url, keys: makeKeys() });
  const workers = [await start(), await start()];
  const [member] = stage.members;
  let written = 0;
  let slowest = 0;
  try {
    for (let n = 1; n <= waits && member; n += 1) {
      await pause(random.below(20_000));
      // The first to come leads.
      if (n === waits) await workers.shift()?.end('SIGKILL');
      const began = performance.now();
      written += await act(member, random);
      const isAnchored = await becomes(most, async () => (await verify(stage)).rows === written, 200);
      const seconds = (performance.now() - began) / 1_000;
      say(`a row was ${isAnchored ? '' : 'not '}anchored after ${seconds.toFixed(1)} s`);
      if (!isAnchored) return null;
      slowest = Math.max(slowest, seconds);
    }
    return Math.round(slowest * 10) / 10;
  } finally {
    await Promise.all(workers.map((worker) => worker.end()));
    await sandbox.close();
    await stage.close();
  }
}
