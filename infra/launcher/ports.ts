import { freePort, isFree } from '@secateur/db/server';
import type { Ports } from './env.ts';

const VARIABLES: Record<keyof Ports, string> = {
  web: 'PORT',
  sandbox: 'SANDBOX_PORT',
  mastodon: 'SANDBOX_MASTODON_PORT',
  worker: 'WORKER_PORT',
  postgres: 'PG_PORT',
};

/** apps/sandbox/src/mastodon/servers.ts. */
const MASTODON_SERVERS = 4;

/** Throws a sentence that names the first port of `wanted` that somebody else listens on. */
export async function requireFree(ports: Ports, wanted: readonly (keyof Ports)[]): Promise<void> {
  for (const name of wanted) {
    const first = ports[name];
    for (let port = first; port < first + (name === 'mastodon' ? MASTODON_SERVERS : 1); port++)
      if (!(await isFree(port))) throw new Error(inUse(name, port, first));
  }
}

function inUse(name: keyof Ports, port: number, first: number): string {
  const other = `${VARIABLES[name]}=${first + 100} npm start`;
  return `Port ${port}, meant for the ${name}, is already in use. Stop what uses it, or choose another one: ${other}`;
}

/** Ports that nobody uses, for a run beside others. */
export async function freePorts(): Promise<Ports> {
  const [web, sandbox, worker, postgres] = [await freePort(), await freePort(), await freePort(), await freePort()];
  return { web, sandbox, mastodon: await freePort(MASTODON_SERVERS), worker, postgres };
}
