import { randomBytes } from 'node:crypto';
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Clock } from '@secateur/base';
import { type Command, commandSchema } from './control/command.ts';
import type { SandboxControl } from './control/control.ts';
import { demoWorld } from './control/demo-world.ts';
import { controlDesk } from './control/desk.ts';
import { controlOf } from './control/in-process.ts';
import { perform } from './control/perform.ts';
import { siteServer } from './http/server.ts';
import { fediServer } from './mastodon/serve.ts';
import { SERVERS } from './mastodon/servers.ts';
import { oauthDesk } from './oauth/desk.ts';
import { pageDesk } from './page/desk.ts';
import { Site } from './site.ts';
import { fileJournal, noJournal, readJournal } from './state/journal.ts';
import { xDesk } from './x/desk.ts';

export type SandboxOptions = {
  /** 0, the default, takes any free port. */
  port?: number;
  /** The first port of the servers that speak Mastodon's API, which take the next ones too; any free ones when left out. */
  mastodonPort?: number;
  /** Where it says that it is, when something stands before it; without a slash at the end. */
  origin?: string;
  /** Decides who the computed people are. A journal's own seed wins. */
  seed?: string;
  /** Whether the documented limits hold; they do unless said otherwise. */
  limits?: boolean;
  /** Where the journal is kept. In memory only without it. */
  dataDir?: string;
  /** What a new sandbox begins with: the demo, nobody, or what these commands make. The demo when left out. */
  world?: 'demo' | 'empty' | Command[];
  /** The time that the sandbox's clock is an offset from, in milliseconds; the machine's when left out. */
  time?: () => number;
};

export type Sandbox = {
  /** Where it listens, without a slash at the end: the one origin that plays all servers, unless it was told another. */
  url: string;
  control: SandboxControl;
  /** The sandbox's time, for domain code under test. */
  clock: Clock;
  /** Breaks open connections, writes the journal out and stops. */
  close(): Promise<void>;
};

/** Starts a sandbox on the loopback interface: with its journal where there is one, anew otherwise. */
export async function startSandbox(options: SandboxOptions = {}): Promise<Sandbox> {
  const { dataDir, seed = 'secateur', world = 'demo' } = options;
  const kept = dataDir === undefined ? [] : readJournal(dataDir);
  const site = new Site(options.time ?? Date.now, dataDir === undefined ? noJournal : fileJournal(dataDir));
  const reseed = () => {
    site.record({ t: 'world', seed, secret: randomBytes(32).toString('hex') });
    site.record({ t: 'limits', on: options.limits ?? true });
    const commands = world === 'demo' ? demoWorld() : world === 'empty' ? [] : world;
    for (const command of commands) perform(site, commandSchema.parse(command));
  };
  const others = SERVERS.map((one) => fediServer(site, one));
  for (const [i, other] of others.entries())
    site.servers.push(await listen(other, options.mastodonPort === undefined ? 0 : options.mastodonPort + i));
  for (const event of kept) site.restore(event);
  if (kept.length === 0) reseed();
  else if (options.limits !== undefined && options.limits !== site.state.limits)
    site.record({ t: 'limits', on: options.limits });
  const control = controlOf(site, reseed);
  const server = siteServer(site, [oauthDesk(site), xDesk(site), controlDesk(site, control), pageDesk(site, control)]);
  const url = await listen(server, options.port ?? 0);
  site.origin = options.origin ?? url;
  return {
    url,
    control,
    clock: { now: () => new Date(site.clock.now()) },
    close: async () => {
      await Promise.all([server, ...others].map(stop));
      site.close();
    },
  };
}

/** Listens on this machine only; the origin under which it is reached. */
async function listen(server: Server, port: number): Promise<string> {
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, '127.0.0.1', 1_024, resolve);
  });
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

function stop(server: Server): Promise<void> {
  return new Promise((resolve) => {
    server.close(() => resolve());
    server.closeAllConnections();
  });
}
