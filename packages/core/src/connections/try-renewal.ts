import { backoff, type Problem } from '@secateur/base';
import { type Tx, withTenant } from '@secateur/db';
import type { NetworkName } from '@secateur/networks/port';
import { done, drop, type Outcome, snooze } from '@secateur/queue';
import { auditSystem } from '../audit/index.ts';
import type { WorkerContext } from '../context/index.ts';
import { record } from '../events/index.ts';
import { keep, open, SecretUnreadable, unpack } from '../secrets/index.ts';
import { networkOf } from './acting.ts';
import { establish } from './establish.ts';
import { meaningOf, passes } from './problem.ts';
import { returned } from './return.ts';
import type { Signed } from './take-up.ts';
import { readWaiting, renewalOf, type Waiting } from './waiting.ts';

type Ref = { tenantId: string; connectionId: string };
type Renewal = { id: string; tenantId: string; network: NetworkName; sealed: Uint8Array };

/**
 * Tries an app password that stands beside credentials which still work. Where the network takes it, and it is for the same
 * account, it takes their place and they are given back; where not, they go on and the member is told why.
 */
export async function tryRenewal(ctx: WorkerContext, ref: Ref): Promise<Outcome> {
  const { tenantId, connectionId } = ref;
  const row = await withTenant(ctx.prisma, tenantId, (tx) =>
    tx.renewal.findUnique({ where: { tenantId_connectionId: { tenantId, connectionId } } }),
  );
  if (!row?.sealed) return drop('nothing_to_try');
  const renewal: Renewal = { ...row, sealed: row.sealed };
  const { network } = renewal;
  let signed: Signed;
  try {
    const { handle, password } = await openWaiting(ctx, ref, renewal);
    signed = await networkOf(ctx, network).signIn(handle, password);
  } catch (error) {
    if (error instanceof SecretUnreadable) {
      if (error.why === 'no_key') throw error;
      return refuse(ctx, ref, renewal, 'connection_revoked');
    }
    if (passes(error)) return later(ctx, ref, renewal, error.until);
    const problem = meaningOf(error);
    return refuse(ctx, ref, renewal, problem === 'connection_revoked' ? 'wrong_password' : problem);
  }
  const claim = (tx: Tx) => take(tx, ref, renewal);
  const made = await establish(ctx, { tenantId, network, connectionId, way: 'password', claim }, signed);
  if ('id' in made) return done();
  await returned(ctx, network, signed.credentials, { accountId: null, connectionId: null });
  return refuse(ctx, ref, renewal, made.problem);
}

/** What a web app sealed is kept under the tenant's own key from here on, however long the network is away. */
async function openWaiting(ctx: WorkerContext, ref: Ref, renewal: Renewal): Promise<Waiting> {
  const text = await open(ctx, renewalOf(renewal), renewal.sealed);
  const waiting = readWaiting(text);
  if (waiting === null) throw new SecretUnreadable('damaged');
  if (unpack(renewal.sealed).stage === 'intake') {
    await withTenant(ctx.prisma, ref.tenantId, async (tx) => {
      const sealed = await keep(ctx, tx, renewalOf(renewal), text);
      await tx.renewal.updateMany({ where: { ...ref, id: renewal.id, sealed: { not: null } }, data: { sealed } });
    });
  }
  return waiting;
}

/** Null when it may take the place of what is there. What is being moved away is no longer let in by an app password. */
async function take(tx: Tx, ref: Ref, { id }: Renewal): Promise<Problem | null> {
  if ((await tx.renewal.count({ where: { ...ref, id } })) === 0) return 'not_found';
  const row = await tx.connection.findFirst({ where: { tenantId: ref.tenantId, id: ref.connectionId } });
  return row?.state === 'leaving' && row.movedAt !== null ? 'being_moved' : null;
}

async function later(ctx: WorkerContext, ref: Ref, { id }: Renewal, until: Date | null | undefined): Promise<Outcome> {
  const wakeAt = until ?? new Date(ctx.clock.now().getTime() + backoff(3, Math.random()));
  await withTenant(ctx.prisma, ref.tenantId, (tx) =>
    tx.renewal.updateMany({ where: { ...ref, id }, data: { wakeAt } }),
  );
  return snooze('network_away');
}

async function refuse(ctx: WorkerContext, ref: Ref, { id }: Renewal, problem: Problem): Promise<Outcome> {
  const { tenantId, connectionId } = ref;
  const now = ctx.clock.now();
  await withTenant(ctx.prisma, tenantId, async (tx) => {
    const data = { sealed: null, wakeAt: null, problem };
    const { count } = await tx.renewal.updateMany({ where: { ...ref, id }, data });
    if (count === 0) return;
    await auditSystem(tx, tenantId, now, { action: 'connection.refused', subjectId: connectionId });
    await record(tx, tenantId, now, [{ kind: 'connection', subjectId: connectionId }]);
  });
  return done();
}
