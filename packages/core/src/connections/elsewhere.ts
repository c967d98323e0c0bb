import { MINUTE, type Problem, profileId } from '@secateur/base';
import type { SqlTx, Tx } from '@secateur/db';
import type { NetworkPort } from '@secateur/networks/port';
import { enqueue } from '@secateur/queue';
import { rememberProfiles } from '../audiences/index.ts';
import { auditSystem } from '../audit/index.ts';
import type { WorkerContext } from '../context/index.ts';
import { keep } from '../secrets/index.ts';
import { credentialsOf } from './credentials.ts';
import { moveConnectionJob } from './jobs.ts';
import { lasting } from './lasting.ts';
import { type Signed, type Taking, takeUp } from './take-up.ts';

/** Milliseconds for which a proof may move an account here: long enough to read what that means. */
export const PROOF_LASTS = 10 * MINUTE;

/** A connection, wherever it is. Workers alone may know this of another tenant's, and tell nobody. */
export type Somewhere = { tenantId: string; connectionId: string };

/** Where an account is connected, in whatever tenant, and whether its own server let us in there; null when nowhere. */
export async function holderOf(
  db: Pick<SqlTx, '$queryRaw'>,
  accountId: string,
): Promise<(Somewhere & { byConsent: boolean }) | null> {
  const [found] = await db.$queryRaw<(Somewhere & { byConsent: boolean })[]>`
    SELECT tenant_id AS "tenantId", id AS "connectionId", by_consent AS "byConsent" FROM across.holder_of(${accountId}::uuid)`;
  return found ?? null;
}

/** Who has proven to own it and is to have it next: a consent goes before an app password, then the newest proof. */
export async function moverOf(db: Pick<SqlTx, '$queryRaw'>, accountId: string): Promise<Somewhere | null> {
  const [found] = await db.$queryRaw<Somewhere[]>`
    SELECT tenant_id AS "tenantId", id AS "connectionId" FROM across.mover_of(${accountId}::uuid)`;
  return found ?? null;
}

/**
 * Takes up an account that its network confirmed. One that another tenant has connected stays there, and whoever proved to
 * own it is asked whether to move it: their proof is kept sealed for some minutes, and nothing is done with it. Returns why
 * not even that. An app password doesn't move what its owner's server let in: who holds one may be anybody, who consents is
 * the owner. In a transaction of the tenant that holds the row.
 */
export async function takeUpOrAsk(
  ctx: WorkerContext,
  tx: Tx,
  port: NetworkPort,
  row: Taking,
  signed: Signed,
): Promise<Problem | null> {
  const accountId = profileId(row.network, signed.profile.nativeId);
  const holder = await holderOf(tx, accountId);
  if (holder === null || holder.connectionId === row.id) {
    await takeUp(ctx, tx, port, row, signed);
    return null;
  }
  if (holder.tenantId === row.tenantId) return 'connection_elsewhere';
  if (holder.byConsent && row.way === 'password') return 'consent_needed';
  await ask(ctx, tx, port, row, signed, accountId);
  return null;
}

async function ask(
  ctx: WorkerContext,
  tx: Tx,
  port: NetworkPort,
  row: Taking,
  { profile, credentials }: Signed,
  accountId: string,
): Promise<void> {
  const { tenantId, network, id, version, way } = row;
  const now = ctx.clock.now();
  await rememberProfiles(tx, network, [profile], now);
  const sealed = await keep(ctx, tx, credentialsOf(row), credentials);
  await tx.connection.update({
    where: { tenantId_id: { tenantId, id } },
    data: {
      accountId,
      handle: profile.handle,
      state: 'elsewhere',
      problem: null,
      sealed,
      version,
      way,
      provenAt: now,
      wakeAt: new Date(now.getTime() + PROOF_LASTS),
      leaving: null,
      goneAt: null,
      movedAt: null,
      movingLeft: null,
      toldAt: null,
      ...lasting(port.grantOf(credentials), null, now),
      tendAt: null,
    },
  });
  await auditSystem(tx, tenantId, now, { action: 'connection.elsewhere', subjectId: id });
}

/** What was proven is made no use of: a worker gives it back and erases it. */
export async function forgetProof(tx: Tx, tenantId: string, id: string, now: Date): Promise<void> {
  await tx.connection.update({
    where: { tenantId_id: { tenantId, id } },
    data: {
      state: 'elsewhere',
      provenAt: null,
      movedAt: null,
      movingLeft: null,
      wakeAt: new Date(now.getTime() + MINUTE),
    },
  });
  await enqueue(tx, moveConnectionJob, { tenantId, connectionId: id });
}
