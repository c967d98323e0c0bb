import { execFileSync, spawn, spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { freePort } from '@secateur/db/server';
import { snac } from './binary.ts';

export type Snac = {
  host: string;
  /** Makes a user and returns the password. */
  addUser(name: string): string;
  /** Without a password: nobody signs in with it. */
  addPerson(name: string): Promise<void>;
  removeUser(name: string): void;
  /** As if by hand. */
  follow(by: string, actor: string): void;
  /** Runs another of its commands as a user, and returns all that it says. */
  command(name: string, by: string, ...rest: string[]): string;
  /** Where the server keeps what it knows of a user. */
  home(name: string): string;
  /** Where it keeps whom it has let in. */
  tokens: string;
  close(): Promise<void>;
};

/** Starts a server of its own on this machine, over http. */
export async function startSnac(): Promise<Snac> {
  const command = snac();
  const dir = mkdtempSync(join(tmpdir(), 'secateur-snac-'));
  const base = join(dir, 'base');
  const port = await freePort();
  const host = `127.0.0.1:${port}`;
  const run = (args: string[], input = '') => execFileSync(command, args, { input, encoding: 'utf8', stdio: 'pipe' });
  run(['init', base], `127.0.0.1\n${port}\n${host}\n\n\n`);
  const settings = join(base, 'server.json');
  writeFileSync(settings, JSON.stringify({ ...JSON.parse(readFileSync(settings, 'utf8')), protocol: 'http' }));
  const child = spawn(command, ['httpd', base], { stdio: 'ignore' });
  const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  await answering(`http://${host}/.well-known/nodeinfo`);
  return {
    host,
    addUser(name) {
      run(['adduser', base, name], `${host}\n`);
      return run(['resetpwd', base, name]).trim().split(/\s+/).at(-1) ?? '';
    },
    addPerson: (name) =>
      new Promise((settle, refuse) => {
        const adding = spawn(command, ['adduser', base, name], { stdio: ['pipe', 'ignore', 'ignore'] });
        adding.once('error', refuse).once('exit', () => settle());
        adding.stdin.end(`${host}\n`);
      }),
    removeUser: (name) => void run(['deluser', base, name]),
    command(name, by, ...rest) {
      const { stdout, stderr } = spawnSync(command, [name, base, by, ...rest], { encoding: 'utf8' });
      return `${stdout}${stderr}`;
    },
    home: (name) => join(base, 'user', name),
    tokens: join(base, 'token'),
    follow: (by, actor) => void run(['follow', base, by, actor]),
    async close() {
      child.kill();
      await ended;
      rmSync(dir, { recursive: true, force: true });
    },
  };
}

async function answering(url: string): Promise<void> {
  for (let tries = 0; ; tries++) {
    try {
      await fetch(url);
      return;
    } catch (error) {
      if (tries === 100) throw error;
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
  }
}
