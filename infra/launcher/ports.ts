import { createServer } from 'node:net';
import { freePort } from '@secateur/db/server';
import type { Ports } from './env.ts';

const VARIABLES: Record<keyof Ports, string> = {
  web: 'PORT',
  sandbox: 'SANDBOX_PORT',
  worker: 'WORKER_PORT',
  postgres: 'PG_PORT',
};

/** Throws a sentence that names the first port of `wanted` that somebody else listens on. */
export async function requireFree(ports: Ports, wanted: readonly (keyof Ports)[]): Promise<void> {
  for (const name of wanted) {
    const port = ports[name];
    if (!(await isFree(port))) throw new Error(inUse(name, port));
  }
}

function inUse(name: keyof Ports, port: number): string {
  const other = `${VARIABLES[name]}=${port + 100} npm start`;
  return `Port ${port}, meant for the ${name}, is already in use. Stop what uses it, or choose another one: ${other}`;
}

/** Whether nobody listens on a port. */
export function isFree(port: number): Promise<boolean> {
  return new Promise((settle) => {
    const server = createServer();
    server.once('error', () => settle(false));
    server.listen(port, '127.0.0.1', () => server.close(() => settle(true)));
  });
}

/** Four ports that nobody uses, for a run beside others. */
export async function freePorts(): Promise<Ports> {
  const [web, sandbox, worker, postgres] = [await freePort(), await freePort(), await freePort(), await freePort()];
  return { web, sandbox, worker, postgres };
}
