import { type ChildProcess, spawn } from 'node:child_process';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { openControl, type RealBlueskyControl } from './control.ts';
import { installBluesky, NODE_22 } from './install.ts';

export type RealBluesky = {
  plcUrl: string;
  pdsUrl: string;
  appviewUrl: string;
  /** Value of the header `x-ratelimit-bypass`, with which the PDS counts no request. */
  bypass: string;
  control: RealBlueskyControl;
  /** Ends the servers and deletes their files. */
  stop(): Promise<void>;
};

type Ready = { plcUrl: string; pdsUrl: string; appviewUrl: string; controlUrl: string; bypass: string };

/**
 * Boots the real PLC directory, PDS (its limits on) and AppView under Node 22: about 5 seconds, and a minute more when
 * they are not installed yet. The AppView keeps its tables in schemas of their own in the database at `databaseUrl`.
 */
export async function startRealBluesky(options: { databaseUrl: string }): Promise<RealBluesky> {
  installBluesky();
  const child = spawn(NODE_22, [join(import.meta.dirname, 'server.mjs')], {
    env: {
      PATH: process.env.PATH,
      DB_POSTGRES_URL: options.databaseUrl,
      NODE_ENV: 'test',
      NODE_NO_WARNINGS: '1',
    },
    // The server ends when its standard input does, so it can't outlive us.
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  const gone = new Promise<void>((settle) => child.once('exit', () => settle()));
  const { controlUrl, ...urls } = await firstLine(child);
  return {
    ...urls,
    control: openControl(controlUrl),
    async stop() {
      child.kill('SIGTERM');
      await gone;
    },
  };
}

async function firstLine(child: ChildProcess): Promise<Ready> {
  const { stdout } = child;
  if (stdout === null) throw new Error('the servers have no output');
  const lines = createInterface({ input: stdout });
  return new Promise((ready, fail) => {
    lines.once('line', (line) => ready(JSON.parse(line)));
    child.once('error', fail);
    child.once('exit', (code) => fail(new Error(`the Bluesky servers ended with ${code} before they were ready`)));
  });
}
