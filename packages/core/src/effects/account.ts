import type { SqlTx } from '@secateur/db';
import type { NetworkName } from '@secateur/networks/port';
import type { AccountRef } from './types.ts';

/** Real milliseconds after which a holder that did not report has lost its claim. Calls end sooner: see the adapter. */
export const LEASE = 60_000;

/** The account's row, locked, with the connection it acts through. */
export type Account = {
  connectionId: string;
  epoch: number;
  holder: string | null;
  live: boolean;
  poked: boolean;
  head: string | null;
  mark: string | null;
  lastKey: string | null;
  tries: number;
  limitedUntil: Date | null;
  state: string;
  /** Why the credentials don't work, as far as is known. */
  problem: string | null;
  /** Whoever owns it moves it away. */
  moved: boolean;
  network: NetworkName;
  version: number;
  sealed: Uint8Array | null;
  nativeId: string;
};

/**
 * Locks these accounts, then the shields that run on them, each in the order of their ids. Whoever moves effects, covers or
 * counts does this first: two then wait for each other instead of deadlocking, and what is read of an account stays so.
 */
export async function lockRunning(tx: SqlTx, tenantId: string, accountIds: string[]): Promise<void> {
  await tx.$queryRaw`
    SELECT account_id FROM network_accounts
    WHERE tenant_id = ${tenantId}::uuid AND account_id = ANY(${accountIds}::uuid[])
    ORDER BY account_id FOR UPDATE`;
  await lockShields(tx, tenantId, accountIds);
}

async function lockShields(tx: SqlTx, tenantId: string, accountIds: string[]): Promise<void> {
  await tx.$queryRaw`
    SELECT s.id FROM shields s
    WHERE s.tenant_id = ${tenantId}::uuid AND s.state IN ('gathering', 'acting', 'holding', 'lifting')
      AND s.id IN (SELECT c.shield_id FROM shield_connections c
                   WHERE c.tenant_id = ${tenantId}::uuid AND c.account_id = ANY(${accountIds}::uuid[]))
    ORDER BY s.id FOR UPDATE`;
}

/** Locks the account as `lockRunning` does, and reads it with its connection. */
export async function lockAccount(tx: SqlTx, ref: AccountRef): Promise<Account | null> {
  const [row] = await tx.$queryRaw<Account[]>`
    SELECT n.connection_id AS "connectionId", n.epoch, n.holder, (n.holder IS NOT NULL AND n.held_until > clock_timestamp()) AS live,
           n.poked, n.head, n.held_mark AS mark, n.last_key AS "lastKey", n.tries, n.limited_until AS "limitedUntil",
           c.state::text AS state, c.problem, c.moved_at IS NOT NULL AS moved, c.network::text AS network, c.version, c.sealed, p.native_id AS "nativeId"
    FROM network_accounts n
    JOIN connections c ON c.tenant_id = n.tenant_id AND c.id = n.connection_id
    JOIN profiles p ON p.id = n.account_id
    WHERE n.tenant_id = ${ref.tenantId}::uuid AND n.account_id = ${ref.accountId}::uuid
    FOR UPDATE OF n`;
  await lockShields(tx, ref.tenantId, [ref.accountId]);
  return row ?? null;
}

/** Somebody else has it: whoever that is shall look again before giving it up. */
export async function pokeAccount(tx: SqlTx, ref: AccountRef): Promise<void> {
  await tx.$executeRaw`
    UPDATE network_accounts SET poked = true WHERE tenant_id = ${ref.tenantId}::uuid AND account_id = ${ref.accountId}::uuid`;
}

/** Writes the locked account back, held by this process under a new epoch. */
export async function holdAccount(
  tx: SqlTx,
  ref: AccountRef,
  account: Account,
  by: { memberId: string; epoch: number; lastKey: string | null },
): Promise<void> {
  await tx.$executeRaw`
    UPDATE network_accounts SET epoch = ${by.epoch}, holder = ${by.memberId}::uuid, poked = false, waiting = NULL,
           held_until = clock_timestamp() + ${LEASE}::float8 * interval '1 millisecond',
           last_key = ${by.lastKey ?? account.lastKey}::text, head = ${account.head}::text, held_mark = ${account.mark}::text,
           limited_until = ${account.limitedUntil}::timestamptz, tries = ${account.tries}
    WHERE tenant_id = ${ref.tenantId}::uuid AND account_id = ${ref.accountId}::uuid`;
}

/** Writes the locked account back, free, with what it waits for and when it is due again. */
export async function freeAccount(
  tx: SqlTx,
  ref: AccountRef,
  account: Account,
  { waiting, wakeAt }: { waiting: string | null; wakeAt: Date | null },
): Promise<void> {
  await tx.$executeRaw`
    UPDATE network_accounts SET holder = NULL, held_until = NULL, poked = false, waiting = ${waiting}::text,
           wake_at = ${wakeAt}::timestamptz, head = ${account.head}::text, held_mark = ${account.mark}::text,
           limited_until = ${account.limitedUntil}::timestamptz, tries = ${account.tries}
    WHERE tenant_id = ${ref.tenantId}::uuid AND account_id = ${ref.accountId}::uuid`;
}
