import { backoff, type Problem, profileId } from '@secateur/base';
import { type Tx, withTenant } from '@secateur/db';
import { done, drop, type Outcome, snooze } from '@secateur/queue';
import { auditSystem } from '../audit/index.ts';
import type { WorkerContext } from '../context/index.ts';
import { record } from '../events/index.ts';
import { keep, unpack } from '../secrets/index.ts';
import { networkOf } from './acting.ts';
import { credentialsOf, openCredentials, type SealedConnection } from './credentials.ts';
import { meaningOf, passes } from './problem.ts';
import { isTaken, type Signed, takeUp } from './take-up.ts';

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
  let password: string | null;
  try {
    password = await passwordOf(ctx, { ...row, sealed: row.sealed });
  } catch (error) {
    return refuse(ctx, ref, row.version, meaningOf(error));
  }
  if (password === null) return drop('already_confirmed');
  let signed: Signed;
  try {
    signed = await networkOf(ctx, row.network).signIn(row.handle, password);
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
  const version = row.version + 1;
  // A reconnection must be to the same account: what waits there belongs to it.
  if (row.accountId !== null && row.accountId !== profileId(row.network, signed.profile.nativeId))
    return refuse(ctx, ref, row.version, 'connection_elsewhere');
  try {
    await settle(ctx, ref, row.version, (tx) =>
      takeUp(
        ctx,
        tx,
        networkOf(ctx, row.network),
        { ...row, version, way: 'password', renews: row.accountId !== null },
        signed,
      ),
    );
  } catch (error) {
    if (isTaken(error)) return refuse(ctx, ref, row.version, 'connection_elsewhere');
    throw error;
  }
  return done();
}

/**
 * The app password that waits in a connection; null when there is a session already. What a web app sealed is kept under the
 * tenant's own key from here on, however long the network is away.
 */
async function passwordOf(ctx: WorkerContext, row: SealedConnection): Promise<string | null> {
  const { text, version } = await openCredentials(ctx, row);
  const opened: { password?: string } = JSON.parse(text);
  if (opened.password === undefined) return null;
  if (unpack(row.sealed).stage === 'intake') {
    await settle(ctx, { tenantId: row.tenantId, connectionId: row.id }, version, async (tx) => {
      const sealed = await keep(ctx, tx, credentialsOf(row), text);
      await tx.$executeRaw`
        UPDATE connections SET sealed = ${sealed}::bytea WHERE tenant_id = ${row.tenantId}::uuid AND id = ${row.id}::uuid`;
    });
  }
  return opened.password;
}

/** Runs `work` if nobody gave newer credentials in the meantime. */
async function settle(ctx: WorkerContext, ref: Ref, version: number, work: (tx: Tx) => Promise<void>): Promise<void> {
  await withTenant(ctx.prisma, ref.tenantId, async (tx) => {
    const [same] = await tx.$queryRaw<{ version: number }[]>`
      SELECT version FROM connections WHERE tenant_id = ${ref.tenantId}::uuid AND id = ${ref.connectionId}::uuid FOR UPDATE`;
    if (same?.version !== version) return;
    await work(tx);
    await record(tx, ref.tenantId, ctx.clock.now(), [{ kind: 'connection', subjectId: ref.connectionId }]);
  });
}

async function refuse(ctx: WorkerContext, ref: Ref, version: number, problem: Problem): Promise<Outcome> {
  await settle(ctx, ref, version, async (tx) => {
    await tx.$executeRaw`
      UPDATE connections SET problem = ${problem}, wake_at = NULL, sealed = NULL,
             state = CASE WHEN state IN ('connecting', 'refused') THEN 'refused'::connection_state ELSE 'revoked'::connection_state END
      WHERE tenant_id = ${ref.tenantId}::uuid AND id = ${ref.connectionId}::uuid`;
    await auditSystem(tx, ref.tenantId, ctx.clock.now(), { action: 'connection.refused', subjectId: ref.connectionId });
  });
  return done();
}
