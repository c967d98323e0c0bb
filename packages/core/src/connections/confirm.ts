import { backoff, type Problem, profileId } from '@secateur/base';
import { type Tx, withTenant } from '@secateur/db';
import type { NetworkName } from '@secateur/networks/port';
import { done, drop, type Outcome, snooze } from '@secateur/queue';
import { auditSystem } from '../audit/index.ts';
import type { WorkerContext } from '../context/index.ts';
import { record } from '../events/index.ts';
import { keep, unpack } from '../secrets/index.ts';
import { networkOf } from './acting.ts';
import { credentialsOf, openCredentials, type SealedConnection } from './credentials.ts';
import { takeUpOrAsk } from './elsewhere.ts';
import { meaningOf, passes } from './problem.ts';
import { returned } from './return.ts';
import { type Signed, unlessTaken } from './take-up.ts';
import { readWaiting, type Waiting } from './waiting.ts';

type Ref = { tenantId: string; connectionId: string };

/**
 * Signs in with the app password that a member sealed, stores the session sealed in its place (the password is
 * forgotten), and begins to read the account's own lists. Refused credentials say why; a network that is away is tried
 * again.
 */
export async function confirmConnection(ctx: WorkerContext, ref: Ref): Promise<Outcome> {
  const row = await withTenant(ctx.prisma, ref.tenantId, (tx) =>
    tx.connection.findUnique({ where: { tenantId_id: { tenantId: ref.tenantId, id: ref.connectionId } } }),
  );
  if (!row?.sealed) return drop('no_such_connection');
  if (row.movedAt !== null && row.state === 'leaving') return drop('being_moved');
  let waiting: Waiting | null;
  try {
    waiting = await waitingIn(ctx, { ...row, sealed: row.sealed });
  } catch (error) {
    return refuse(ctx, ref, row.version, meaningOf(error));
  }
  if (waiting === null) return drop('already_confirmed');
  let signed: Signed;
  try {
    signed = await networkOf(ctx, row.network).signIn(waiting.handle, waiting.password);
  } catch (error) {
    if (passes(error)) {
      const at = error.until ?? new Date(ctx.clock.now().getTime() + backoff(3, Math.random()));
      await settle(ctx, ref, row.version, async (tx) => {
        await tx.connection.update({
          where: { tenantId_id: { tenantId: ref.tenantId, id: ref.connectionId } },
          data: { wakeAt: at, problem: meaningOf(error) },
        });
      });
      return snooze('network_away');
    }
    const problem = meaningOf(error);
    return refuse(ctx, ref, row.version, problem === 'connection_revoked' ? 'wrong_password' : problem);
  }
  // A reconnection must be to the same account: what waits there belongs to it.
  const another = row.accountId !== null && row.accountId !== profileId(row.network, signed.profile.nativeId);
  const problem = another ? 'connection_elsewhere' : await keepSigned(ctx, ref, row, signed);
  if (problem === null) return done();
  await returned(ctx, row.network, signed.credentials, { accountId: null, connectionId: null });
  return refuse(ctx, ref, row.version, problem);
}

/** Takes the account up, or asks. Somebody who connects it elsewhere at the same moment makes it look again. */
async function keepSigned(
  ctx: WorkerContext,
  ref: Ref,
  row: { tenantId: string; network: NetworkName; id: string; version: number; confirmedAt: Date | null },
  signed: Signed,
): Promise<Problem | null> {
  const port = networkOf(ctx, row.network);
  const taking = { ...row, version: row.version + 1, way: 'password' as const, renews: row.confirmedAt !== null };
  return unlessTaken(async () => {
    let problem: Problem | null = null;
    await settle(ctx, ref, row.version, async (tx) => {
      problem = await takeUpOrAsk(ctx, tx, port, taking, signed);
    });
    return problem;
  });
}

/**
 * What waits in a connection, and for which handle: the row's own may have been changed since. Null when there is a session already. What a web app sealed is kept under the
 * tenant's own key from here on, however long the network is away.
 */
async function waitingIn(ctx: WorkerContext, row: SealedConnection): Promise<Waiting | null> {
  const { text, version } = await openCredentials(ctx, row);
  const waiting = readWaiting(text);
  if (waiting === null) return null;
  if (unpack(row.sealed).stage === 'intake') {
    await settle(ctx, { tenantId: row.tenantId, connectionId: row.id }, version, async (tx) => {
      const sealed = await keep(ctx, tx, credentialsOf(row), text);
      await tx.$executeRaw`
        UPDATE connections SET sealed = ${sealed}::bytea WHERE tenant_id = ${row.tenantId}::uuid AND id = ${row.id}::uuid`;
    });
  }
  return waiting;
}

/** Runs `work` if nobody gave newer credentials in the meantime. */
async function settle(ctx: WorkerContext, ref: Ref, version: number, work: (tx: Tx) => Promise<void>): Promise<void> {
  await withTenant(ctx.prisma, ref.tenantId, async (tx) => {
    const [same] = await tx.$queryRaw<{ version: number; moved: boolean }[]>`
      SELECT version, state = 'leaving' AND moved_at IS NOT NULL AS moved FROM connections
      WHERE tenant_id = ${ref.tenantId}::uuid AND id = ${ref.connectionId}::uuid FOR UPDATE`;
    // What is being moved away is no longer let in by an app password.
    if (same?.version !== version || same.moved) return;
    await work(tx);
    await record(tx, ref.tenantId, ctx.clock.now(), [{ kind: 'connection', subjectId: ref.connectionId }]);
  });
}

async function refuse(ctx: WorkerContext, ref: Ref, version: number, problem: Problem): Promise<Outcome> {
  await settle(ctx, ref, version, async (tx) => {
    await tx.$executeRaw`
      UPDATE connections SET problem = ${problem}, wake_at = NULL, sealed = NULL,
             state = CASE WHEN state IN ('connecting', 'refused', 'elsewhere', 'moving') THEN 'refused'::connection_state ELSE 'revoked'::connection_state END
      WHERE tenant_id = ${ref.tenantId}::uuid AND id = ${ref.connectionId}::uuid`;
    await auditSystem(tx, ref.tenantId, ctx.clock.now(), { action: 'connection.refused', subjectId: ref.connectionId });
  });
  return done();
}
