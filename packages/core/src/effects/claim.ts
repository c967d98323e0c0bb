import type { Tx } from '@secateur/db';
import type { Action, NetworkName, NetworkPort } from '@secateur/networks/port';
import { ACCOUNT_STRETCH, accountScope, allowedIn, spend } from '../budgets/index.ts';
import { divide, ourShare } from '../budgets/policy/index.ts';
import type { WorkerContext } from '../context/index.ts';
import { chooseApplies } from './claim-applies.ts';
import { chooseLifts } from './claim-lifts.ts';
import type { AccountRef, Chunk, Claimed } from './types.ts';

/** Real milliseconds after which a holder that did not report has lost its claim. Calls end sooner: see the adapter. */
const LEASE = 60_000;

/** The account's row, locked, with the connection it acts through. */
export type Account = {
  connectionId: string;
  epoch: number;
  holder: string | null;
  live: boolean;
  head: string | null;
  mark: string | null;
  lastKey: string | null;
  tries: number;
  limitedUntil: Date | null;
  state: string;
  network: NetworkName;
  version: number;
  sealed: Uint8Array | null;
  nativeId: string;
};

/** Why there is nothing to send now. */
export type Idle = { kind: 'held' } | { kind: 'gone' } | { kind: 'idle'; waiting: Waiting | null; until: Date | null };

/** What an account waits for. */
export type Waiting = 'people' | 'tokens' | 'budget' | 'network' | 'connection';

/** Locks the account's row and reads it with its connection. */
export async function lockAccount(tx: Tx, ref: AccountRef): Promise<Account | null> {
  const [row] = await tx.$queryRaw<Account[]>`
    SELECT n.connection_id AS "connectionId", n.epoch, n.holder, (n.holder IS NOT NULL AND n.held_until > clock_timestamp()) AS live,
           n.head, n.held_mark AS mark, n.last_key AS "lastKey", n.tries, n.limited_until AS "limitedUntil",
           c.state::text AS state, c.network::text AS network, c.version, c.sealed, p.native_id AS "nativeId"
    FROM network_accounts n
    JOIN connections c ON c.tenant_id = n.tenant_id AND c.id = n.connection_id
    JOIN profiles p ON p.id = n.account_id
    WHERE n.tenant_id = ${ref.tenantId}::uuid AND n.account_id = ${ref.accountId}::uuid
    FOR UPDATE OF n`;
  return row ?? null;
}

/**
 * Takes the account for this process and claims a chunk of what is due on it. When this commits, every effect in the
 * chunk holds the key under which it will be sent, and the points and tokens it costs are written down.
 * `mine` is the epoch of the claim before, when the same turn goes on.
 */
export async function claim(tx: Tx, ctx: WorkerContext, ref: AccountRef, mine: number | null): Promise<Chunk | Idle> {
  const account = await lockAccount(tx, ref);
  if (!account) return { kind: 'gone' };
  if (account.live && mine !== account.epoch) {
    await tx.$executeRaw`
      UPDATE network_accounts SET poked = true WHERE tenant_id = ${ref.tenantId}::uuid AND account_id = ${ref.accountId}::uuid`;
    return { kind: 'held' };
  }
  const now = ctx.clock.now();
  const epoch = account.epoch + 1;
  if (account.state !== 'ready' || !account.sealed) return { kind: 'idle', waiting: 'connection', until: null };
  if (account.limitedUntil && account.limitedUntil > now) {
    return { kind: 'idle', waiting: 'budget', until: account.limitedUntil };
  }
  const port = ctx.networks[account.network];
  if (!port) return { kind: 'idle', waiting: 'network', until: null };
  const chunk: Chunk = {
    kind: 'chunk',
    ref,
    epoch,
    connection: {
      id: account.connectionId,
      network: account.network,
      version: account.version,
      sealed: account.sealed,
    },
    nativeId: account.nativeId,
    head: account.head,
    mark: account.mark,
    unsettled: await inFlight(tx, ref),
    lifts: null,
    applies: null,
    points: 0,
  };
  let idle: Idle | null = null;
  if (!chunk.unsettled) idle = await fill(tx, account, chunk, port, now);
  if (idle) return idle;
  await tx.$executeRaw`
    UPDATE network_accounts SET epoch = ${epoch}, holder = ${ctx.memberId}::uuid, poked = false,
           held_until = clock_timestamp() + ${LEASE}::float8 * interval '1 millisecond', waiting = NULL,
           last_key = coalesce(${lastKeyOf(chunk)}::text, last_key)
    WHERE tenant_id = ${ref.tenantId}::uuid AND account_id = ${ref.accountId}::uuid`;
  return chunk;
}

/** Puts into the chunk what is due and affordable; says why not when there is nothing. */
async function fill(tx: Tx, account: Account, chunk: Chunk, port: NetworkPort, now: Date): Promise<Idle | null> {
  const { ref, epoch } = chunk;
  const scope = accountScope(ref.accountId);
  const ability = port.abilities.block ?? port.abilities.mute;
  if (!ability) return { kind: 'idle', waiting: 'network', until: null };
  const budget = await allowedIn(tx, scope, ourShare(port.windows), ACCOUNT_STRETCH, now, ability.points.apply);
  const share = divide(
    budget.points,
    { lifts: ability.batch, applies: ability.batch, escalated: false },
    ability.points,
    ability.batch,
  );
  chunk.lifts = await chooseLifts(tx, ref, port, { epoch, now, most: share.lifts });
  const lifted = chunk.lifts ? chunk.lifts.items.length * pointsOf(port, chunk.lifts.action, 'lift') : 0;
  const left = budget.points - lifted;
  const applies = await chooseApplies(tx, ref, port, { epoch, now, points: left, lastKey: account.lastKey });
  chunk.applies = applies.chosen;
  if (!chunk.lifts && !chunk.applies) {
    if (applies.waiting === 'budget') return { kind: 'idle', waiting: 'budget', until: budget.at };
    return { kind: 'idle', waiting: applies.waiting, until: applies.until };
  }
  const applied = chunk.applies ? chunk.applies.items.length * pointsOf(port, chunk.applies.action, 'apply') : 0;
  chunk.points = lifted + applied;
  await spend(tx, scope, ACCOUNT_STRETCH, now, chunk.points);
  return null;
}

/** Points that one write of this kind costs on this network. */
export function pointsOf(port: NetworkPort, action: Action, kind: 'apply' | 'lift'): number {
  return port.abilities[action]?.points[kind] ?? 0;
}

/** What an earlier claim sent, or was about to, and never reported. One action at a time. */
async function inFlight(tx: Tx, ref: AccountRef): Promise<Chunk['unsettled']> {
  const rows = await tx.$queryRaw<(Claimed & { state: string; action: Action })[]>`
    SELECT e.profile_id AS "profileId", p.native_id AS "nativeId", e.key, e.tries, (e.rank = 0) AS named, e.resent,
           e.state::text AS state, e.action::text AS action
    FROM effects e JOIN profiles p ON p.id = e.profile_id
    WHERE e.tenant_id = ${ref.tenantId}::uuid AND e.account_id = ${ref.accountId}::uuid
      AND e.state IN ('applying', 'lifting')
    FOR UPDATE OF e`;
  const action = rows[0]?.action;
  if (!action) return null;
  const same = rows.filter((r) => r.action === action);
  return {
    action,
    applying: same.filter((r) => r.state === 'applying'),
    lifting: same.filter((r) => r.state === 'lifting'),
  };
}

function lastKeyOf(chunk: Chunk): string | null {
  return (
    chunk.applies?.items.reduce<string | null>((last, i) => (i.key && (!last || i.key > last) ? i.key : last), null) ??
    null
  );
}
