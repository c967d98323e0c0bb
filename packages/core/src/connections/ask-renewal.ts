import { MINUTE, newId } from '@secateur/base';
import type { Tx } from '@secateur/db';
import type { NetworkName } from '@secateur/networks/port';
import { enqueue } from '@secateur/queue';
import type { MemberContext } from '../context/index.ts';
import { sealForTenant } from '../secrets/index.ts';
import { renewConnectionJob } from './jobs.ts';
import { packWaiting, renewalOf } from './waiting.ts';

/** How long a lost wake-up is waited for before it is made again. */
const AGAIN = MINUTE;

type Held = {
  id: string;
  network: NetworkName;
  handle: string;
  state: string;
  problem: string | null;
  sealed: unknown;
};

/** Whether a connection's credentials work, as far as is known: nothing takes their place before it is confirmed. */
export function works({ state, problem, sealed }: Pick<Held, 'state' | 'problem' | 'sealed'>): boolean {
  return sealed !== null && (state === 'ready' || (state === 'leaving' && problem === null));
}

/** Puts a password beside credentials that work, for a worker to try. It takes the place of one that was put there before. */
export async function askRenewal(
  tx: Tx,
  ctx: MemberContext & { sealingKey: string },
  { id: connectionId, network, handle }: Held,
  password: string,
): Promise<void> {
  const { tenantId } = ctx.actor;
  const now = ctx.clock.now();
  const id = newId();
  const binding = renewalOf({ tenantId, network, id });
  const sealed = await sealForTenant(tx, ctx.sealingKey, now, binding, packWaiting({ handle, password }));
  const fresh = { id, sealed, problem: null, askedAt: now, wakeAt: new Date(now.getTime() + AGAIN) };
  await tx.renewal.upsert({
    where: { tenantId_connectionId: { tenantId, connectionId } },
    create: { tenantId, connectionId, network, ...fresh },
    update: fresh,
  });
  await enqueue(tx, renewConnectionJob, { tenantId, connectionId });
}
