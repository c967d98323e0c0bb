import { MINUTE } from '@secateur/base';
import { type SqlTx, withTenant } from '@secateur/db';
import type { ActingAccount, NetworkName, NetworkPort } from '@secateur/networks/port';
import { NetworkError } from '@secateur/networks/port';
import { auditSystem } from '../audit/index.ts';
import type { WorkerContext } from '../context/index.ts';
import { record } from '../events/index.ts';
import { oweOwners } from '../notices/index.ts';
import { createMemo, type Memo } from '../secrets/index.ts';
import { type Opening, openCredentials, prepareCredentials, type SealedConnection } from './credentials.ts';
import { renewCredentials } from './renew-credentials.ts';

/** The adapter of a network. Throws when this process was built without it. */
export function networkOf(ctx: WorkerContext, name: NetworkName): NetworkPort {
  const port = ctx.networks[name];
  if (!port) throw new NetworkError('rejected', { message: `no adapter for ${name}` });
  return port;
}

/** An account whose session a worker opened: how to act for it, and what it is called. */
export type Acting = { port: NetworkPort; account: ActingAccount; nativeId: string };

/** Opened sessions by connection and version, so that a turn does not open what the last one opened. */
const opened = new WeakMap<WorkerContext, Memo<Acting>>();
/** Sessions kept open at once, and real milliseconds that one is kept in memory after its last use. */
const MOST_OPEN = 2_000;
const IDLE = 10 * MINUTE;

/** Opens a connection's session. Throws NetworkError `unauthorized` when there is none to open. */
export async function actingFor(ctx: WorkerContext, tenantId: string, connectionId: string): Promise<Acting> {
  const row = await withTenant(ctx.prisma, tenantId, async (tx) => {
    const [found] = await tx.$queryRaw<
      { network: NetworkName; version: number; sealed: Uint8Array | null; nativeId: string | null }[]
    >`
      SELECT c.network::text AS network, c.version, c.sealed, p.native_id AS "nativeId"
      FROM connections c LEFT JOIN profiles p ON p.id = c.account_id
      WHERE c.tenant_id = ${tenantId}::uuid AND c.id = ${connectionId}::uuid`;
    if (!found?.sealed || found.nativeId === null) return null;
    const connection = { ...found, tenantId, id: connectionId, sealed: found.sealed, nativeId: found.nativeId };
    return { connection, opening: await prepareActing(ctx, tx, connection) };
  });
  if (!row) throw new NetworkError('unauthorized');
  return actingWith(ctx, row.connection, row.opening);
}

/** Reads in `tx` what `actingWith` will need to open this session; null when this process has it open. */
export async function prepareActing(ctx: WorkerContext, tx: SqlTx, row: SealedConnection): Promise<Opening | null> {
  return sessionsOf(ctx).get(`${row.id}:${row.version}`) ? null : prepareCredentials(ctx, tx, row);
}

function sessionsOf(ctx: WorkerContext): Memo<Acting> {
  const sessions = opened.get(ctx) ?? createMemo<Acting>(MOST_OPEN, IDLE);
  opened.set(ctx, sessions);
  return sessions;
}

/** The same from a row that the caller has read already, with what `prepareActing` gave for it. */
export async function actingWith(
  ctx: WorkerContext,
  connection: SealedConnection & { nativeId: string },
  opening: Opening | null,
): Promise<Acting> {
  const sessions = sessionsOf(ctx);
  const cached = sessions.get(`${connection.id}:${connection.version}`);
  if (cached) return cached;
  const credentials = await openCredentials(ctx, connection, opening);
  let { version } = credentials;
  const port = networkOf(ctx, connection.network);
  const account = port.actFor(credentials.text, async (renew) => {
    const renewed = await renewCredentials(ctx, port, connection, renew);
    sessions.delete(`${connection.id}:${version}`);
    version = renewed.version;
    sessions.set(`${connection.id}:${version}`, acting);
    return renewed.text;
  });
  const acting: Acting = { port, account, nativeId: connection.nativeId };
  sessions.set(`${connection.id}:${version}`, acting);
  return acting;
}

/**
 * The network no longer takes our credentials: says so to the member. What is due stays due. Who was moving an account here
 * with them has proven nothing any more. Returns whether it is news.
 */
export async function markRevoked(
  ctx: WorkerContext,
  tenantId: string,
  connectionId: string,
  refused: string,
): Promise<boolean> {
  // Said of somebody else it means something else.
  const problem = refused === 'deactivated_account' || refused === 'suspended_account' ? 'account_locked' : refused;
  const now = ctx.clock.now();
  return withTenant(ctx.prisma, tenantId, async (tx) => {
    const { count } = await tx.connection.updateMany({
      where: { tenantId, id: connectionId, state: 'ready' },
      data: { state: 'revoked', problem, tendAt: null },
    });
    // One that leaves stays on its way out, and says why it can't go on.
    const leaving = { tenantId, id: connectionId, state: 'leaving', problem: null } as const;
    const stuck = await tx.connection.updateMany({ where: leaving, data: { problem, tendAt: null } });
    const failed = await tx.connection.updateMany({
      where: { tenantId, id: connectionId, state: 'moving' },
      data: { state: 'refused', problem, sealed: null, wakeAt: null, tendAt: null, provenAt: null, movingLeft: null },
    });
    if (count + stuck.count + failed.count === 0) return false;
    await auditSystem(tx, tenantId, now, { action: 'connection.revoked', subjectId: connectionId });
    // What is held can't be lifted until somebody lets us in again: nobody is to find that out by chance.
    if (failed.count === 0) await oweOwners(tx, tenantId, 'ended', now);
    await record(tx, tenantId, now, [{ kind: 'connection', subjectId: connectionId }]);
    return true;
  });
}
