import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import type { Finding } from '../shared/say.ts';
import { read, type Told } from './read.ts';
import { ROOT, type Suite, suites } from './suites.ts';

/** What the proof promises. */
const PROMISE = 'every adapter keeps the contract on every server';

/** Runs the contract suite for each adapter and server, and counts its behaviours. */
export async function proveContract({ say }: { say(text: string): void }): Promise<Finding> {
  const told: Told[] = [];
  for (const suite of suites()) {
    const servers = await run(suite, say);
    for (const one of servers)
      say(
        `${one.server}: ${one.kept} kept, ${one.gaps.length} gaps, ${one.broken.length} broken, ${one.left} left out`,
      );
    told.push(...servers);
  }
  const broken = told.filter((one) => one.broken.length > 0 || one.kept === 0);
  for (const one of broken) for (const { name, why } of one.broken) say(`${one.server}: broken: ${name}: ${why}`);
  return { figures: { servers: told }, broke: broken.length === 0 ? null : PROMISE };
}

/** One file of tests, in a process of its own. A run that brings no report is one broken behaviour. */
async function run({ name, args }: Suite, say: (text: string) => void): Promise<Told[]> {
  const dir = mkdtempSync(join(tmpdir(), 'secateur-contract-'));
  const report = join(dir, 'report.json');
  const vitest = join(dirname(createRequire(import.meta.url).resolve('vitest/package.json')), 'vitest.mjs');
  const child = spawn(process.execPath, [vitest, 'run', ...args, '--reporter=json', `--outputFile=${report}`], {
    cwd: ROOT,
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  let trouble = '';
  child.stderr.on('data', (chunk: Buffer) => {
    trouble += chunk.toString();
  });
  const code = await new Promise<number>((settle) => child.once('exit', (status) => settle(status ?? 1)));
  try {
    return read(name, readFileSync(report, 'utf8'), code);
  } catch {
    say(trouble.trim().split('\n').slice(-20).join('\n'));
    return [{ server: name, kept: 0, gaps: [], broken: [{ name: 'the run itself', why: 'no report' }], left: 0 }];
  } finally {
    rmSync(dir, { recursive: true, force: true });
  }
}
