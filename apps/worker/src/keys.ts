/**
 * `node src/keys.ts` says which of the workers' keys are in use; `new` makes some; `renew` gives every tenant, or the one that
 * is named, a new key of its own. Reads a worker's environment. docs/secrets.md says when to use which.
 */
import { randomBytes } from 'node:crypto';
import type { WorkerContext } from '@secateur/core/context';
import { keyedTenants, readIntakeKeys, renewKey, sealedTo, wrappedBy } from '@secateur/core/secrets';
import { newClientKey } from './client-keys.ts';
import { buildDeps } from './deps.ts';
import { readEnv } from './env.ts';

const print = (line: string) => process.stdout.write(`${line}\n`);

function makeNew(): void {
  const privateKey = randomBytes(32).toString('base64url');
  print(`WORKER_KEYS entry          k${Date.now().toString(36)}:${randomBytes(32).toString('base64url')}`);
  print(`SEALING_PRIVATE_KEYS entry ${privateKey}`);
  print(`its SEALING_PUBLIC_KEY     ${readIntakeKeys(privateKey).publicKey}`);
  const { secret, published } = newClientKey();
  print(`OAUTH_PRIVATE_KEYS entry   ${secret}`);
  print(`its OAUTH_PUBLIC_KEYS one  ${published}`);
}

async function show(ctx: WorkerContext): Promise<void> {
  const { wrap, intake } = ctx.keys;
  print(`WORKER_KEYS: ${wrap.id} wraps.`);
  for (const { name, keys, known } of await wrappedBy(ctx)) {
    print(`  ${name}: ${keys} tenants' keys${known ? '' : ', and this environment LACKS it'}`);
  }
  print(`SEALING_PRIVATE_KEYS: ${intake.ids.join(', ')}. Web apps are to have SEALING_PUBLIC_KEY=${intake.publicKey}`);
  for (const { id, secrets, known } of await sealedTo(ctx)) {
    print(`  ${id}: ${secrets} credentials wait to be opened${known ? '' : ', and this environment LACKS it'}`);
  }
  print('A key that is not listed under its heading is not needed any more.');
}

async function renew(ctx: WorkerContext, tenantIds: string[]): Promise<void> {
  let renewed = 0;
  for (const tenantId of tenantIds) if ((await renewKey(ctx, tenantId)) !== null) renewed += 1;
  print(`${renewed} of ${tenantIds.length} have a new key. Workers seal anew what is under the old ones.`);
}

const [command = 'show', tenantId] = process.argv.slice(2);
if (command === 'new') makeNew();
else {
  const { db, clock, env, locks, close } = await buildDeps(readEnv());
  const keys = { intake: env.SEALING_PRIVATE_KEYS, wrap: env.WORKER_KEYS };
  const lost = new AbortController().signal;
  const ctx: WorkerContext = { prisma: db.prisma, clock, networks: {}, keys, locks, memberId: '', lost };
  if (command === 'show') await show(ctx);
  else if (command === 'renew') await renew(ctx, tenantId ? [tenantId] : await keyedTenants(ctx));
  else throw new Error(`${command}: there is show, new and renew`);
  await close();
}
