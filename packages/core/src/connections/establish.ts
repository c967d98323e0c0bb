import { newId, type Problem, profileId } from '@secateur/base';
import { type Tx, withTenant } from '@secateur/db';
import type { NetworkName } from '@secateur/networks/port';
import type { WorkerContext } from '../context/index.ts';
import { record } from '../events/index.ts';
import { networkOf } from './acting.ts';
import { openCredentials, reread, type SealedConnection } from './credentials.ts';
import { takeUpOrAsk } from './elsewhere.ts';
import { returned } from './return.ts';
import { type Signed, unlessTaken } from './take-up.ts';

/** Where a consent, or a password, is to become a connection; `connectionId` when it renews one. */
export type Into = {
  tenantId: string;
  network: NetworkName;
  connectionId: string | null;
  /** Consent, where nothing else is said. */
  way?: 'password' | 'oauth';
  /** Asked in the transaction, the connection being locked: why not after all. */
  claim?: (tx: Tx) => Promise<Problem | null>;
};

/**
 * Makes a connection of what somebody consented to at their own server, or gives it to the one that there is for the account.
 * What it had before is given back. Of an account that another tenant has connected it is asked whether to move it here.
 * Refused when it is not the one to renew.
 */
export function establish(
  ctx: WorkerContext,
  into: Into,
  signed: Signed,
): Promise<{ id: string } | { problem: Problem }> {
  return unlessTaken(() => tryOnce(ctx, into, signed));
}

async function tryOnce(ctx: WorkerContext, into: Into, signed: Signed): Promise<{ id: string } | { problem: Problem }> {
  const port = networkOf(ctx, into.network);
  const accountId = profileId(into.network, signed.profile.nativeId);
  let before: SealedConnection | null = null;
  const made = await withTenant(ctx.prisma, into.tenantId, async (tx) => {
    const found = await findFor(tx, into, accountId, signed.profile.handle);
    const not = (await into.claim?.(tx)) ?? null;
    if (not !== null) return { problem: not };
    if (found?.accountId != null && found.accountId !== accountId) return { problem: 'connection_elsewhere' as const };
    const id = found?.id ?? newId();
    const now = ctx.clock.now();
    if (!found) {
      const { handle } = signed.profile;
      await tx.connection.create({
        data: { tenantId: into.tenantId, id, network: into.network, handle, state: 'connecting', createdAt: now },
      });
    } else before = found.sealed ? await reread(ctx, { ...into, id }) : null;
    const taking = {
      ...into,
      id,
      version: (found?.version ?? 0) + 1,
      way: into.way ?? ('oauth' as const),
      renews: found?.known ?? false,
    };
    const problem = await takeUpOrAsk(ctx, tx, port, taking, signed);
    if (problem !== null) return { problem };
    await record(tx, into.tenantId, now, [{ kind: 'connection', subjectId: id }]);
    return { id };
  });
  if ('id' in made && before !== null) await giveBack(ctx, before, accountId);
  return made;
}

type Found = { id: string; accountId: string | null; version: number; sealed: boolean; known: boolean };

/** The connection that is meant: the one to renew, the account's own, or one that never got as far as an account. */
async function findFor(tx: Tx, into: Into, accountId: string, handle: string): Promise<Found | null> {
  const { tenantId, network, connectionId } = into;
  const [found] = await tx.$queryRaw<Found[]>`
    SELECT id, account_id AS "accountId", version, confirmed_at IS NOT NULL AS known,
           (state IN ('ready', 'elsewhere', 'moving', 'leaving') AND sealed IS NOT NULL) AS sealed
    FROM connections
    WHERE tenant_id = ${tenantId}::uuid AND network = ${network}::network
      AND (CASE WHEN ${connectionId}::uuid IS NOT NULL THEN id = ${connectionId}::uuid
           ELSE account_id = ${accountId}::uuid OR (account_id IS NULL AND handle = ${handle}) END)
    ORDER BY account_id IS NULL, created_at LIMIT 1 FOR UPDATE`;
  return found ?? null;
}

/** Those of an app password, or of an earlier consent. They run out by themselves where the network is away. */
async function giveBack(ctx: WorkerContext, before: SealedConnection, accountId: string): Promise<void> {
  try {
    const { text } = await openCredentials(ctx, before);
    await returned(ctx, before.network, text, { accountId, connectionId: null });
  } catch {
    // Nobody waits for it, and nothing of it is kept.
  }
}
