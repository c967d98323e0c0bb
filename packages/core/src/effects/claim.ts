import type { SqlTx } from '@secateur/db';
import type { Action, NetworkPort } from '@secateur/networks/port';
import { accountScope, accountStretch, allowedIn, spend } from '../budgets/index.ts';
import { divide, ourShare } from '../budgets/policy/index.ts';
import { moverOf, prepareActing } from '../connections/index.ts';
import type { WorkerContext } from '../context/index.ts';
import { type Account, holdAccount } from './account.ts';
import { chooseApplies } from './claim-applies.ts';
import { batchOf, chooseLifts } from './claim-lifts.ts';
import { affordable, holdMoney } from './money.ts';
import { type Outlook, outlookOf } from './outlook.ts';
import type { AccountRef, Chunk, Claimed } from './types.ts';

/** Why there is nothing to send now. `outlook` when it is still what it was. */
export type Idle = { kind: 'idle'; waiting: Waiting | null; until: Date | null; outlook: Outlook | null };

/** What an account waits for. */
export type Waiting = 'people' | 'tokens' | 'budget' | 'network' | 'connection' | 'spending';

/**
 * Takes the locked account for this process and claims a chunk of what is due on it. When this commits, every effect in
 * the chunk holds the key under which it will be sent, and the points and tokens it costs are written down.
 */
export async function claim(tx: SqlTx, ctx: WorkerContext, ref: AccountRef, account: Account): Promise<Chunk | Idle> {
  const now = ctx.clock.now();
  const epoch = account.epoch + 1;
  const leaving = account.state === 'leaving';
  if (account.state !== 'ready' && !leaving) return idle('connection');
  const connection = await credentialsFor(tx, ref, account);
  if (connection === null) return idle('connection');
  if (account.limitedUntil && account.limitedUntil > now) {
    return idle('budget', account.limitedUntil);
  }
  const port = ctx.networks[account.network];
  if (!port) return idle('network');
  const whole = await outlookOf(tx, ref, now);
  // Who is about to be disconnected makes nothing new.
  const outlook = leaving ? { ...whole, shields: [] } : whole;
  if (!isDue(outlook, now)) return { kind: 'idle', waiting: null, until: null, outlook };
  const chunk: Chunk = {
    kind: 'chunk',
    ref,
    epoch,
    connection,
    opening: null,
    nativeId: account.nativeId,
    head: account.head,
    mark: account.mark,
    unsettled: outlook.inFlight ? await inFlight(tx, ref) : null,
    lifts: null,
    applies: null,
    renewals: null,
    points: 0,
  };
  const nothing = chunk.unsettled ? null : await fill(tx, account, chunk, port, outlook, now);
  if (nothing) return nothing;
  const { sealed } = connection;
  if (sealed !== null) chunk.opening = await prepareActing(ctx, tx, { ...connection, sealed });
  await holdAccount(tx, ref, account, { memberId: ctx.memberId, epoch, lastKey: lastKeyOf(chunk) });
  return chunk;
}

/** Its own, as long as they may work; else those of whoever moves the account away. */
async function credentialsFor(tx: SqlTx, ref: AccountRef, account: Account): Promise<Chunk['connection'] | null> {
  const { connectionId: id, network, version, sealed } = account;
  if (account.moved && account.state === 'leaving' && (sealed === null || account.problem !== null)) {
    const mover = await moverOf(tx, ref.accountId);
    if (mover) return { tenantId: mover.tenantId, id: mover.connectionId, network, version: 0, sealed: null };
  }
  return sealed === null ? null : { tenantId: ref.tenantId, id, network, version, sealed };
}

function idle(waiting: Waiting | null, until: Date | null = null): Idle {
  return { kind: 'idle', waiting, until, outlook: null };
}

function isDue({ inFlight, lift, shields }: Outlook, now: Date): boolean {
  return inFlight || (lift !== null && lift <= now) || shields.some((s) => s.ready);
}

/** Puts into the chunk what is due and affordable; says why not when there is nothing. */
async function fill(
  tx: SqlTx,
  account: Account,
  chunk: Chunk,
  port: NetworkPort,
  outlook: Outlook,
  now: Date,
): Promise<Idle | null> {
  const { ref, epoch } = chunk;
  const scope = accountScope(ref.accountId);
  const stretch = accountStretch(port.windows);
  const ability = port.abilities.block ?? port.abilities.mute;
  if (!ability) return idle('network');
  const budget = await allowedIn(tx, scope, ourShare(port.windows), stretch, now, ability.points.apply);
  const most = batchOf(port, port.abilities.block ? 'block' : 'mute');
  const share = divide(budget.points, { lifts: most, applies: most, escalated: false }, ability.points, most);
  const liftsDue = outlook.lift !== null && outlook.lift <= now;
  const lifts = liftsDue ? await chooseLifts(tx, ref, port, { epoch, now, most: share.lifts }) : null;
  chunk.lifts = lifts?.chosen ?? null;
  chunk.renewals = lifts?.renewals ?? null;
  const renewed = chunk.renewals ? chunk.renewals.items.length * pointsOf(port, chunk.renewals.action, 'apply') : 0;
  const lifted = chunk.lifts ? chunk.lifts.items.length * pointsOf(port, chunk.lifts.action, 'lift') : 0;
  const left = Math.max(0, budget.points - lifted - renewed);
  const turns = outlook.shields.filter((s) => s.ready);
  const room = turns.length === 0 ? 0 : await affordable(tx, ref.tenantId, port, now);
  const limits = { epoch, now, points: left, room, lastKey: account.lastKey };
  const applies = await chooseApplies(tx, ref, port, turns, limits);
  chunk.applies = applies.chosen;
  await holdMoney(tx, ref.tenantId, port, chunk.applies, now);
  if (!chunk.lifts && !chunk.applies && !chunk.renewals) {
    if (lifts?.waiting) {
      const { at } = await allowedIn(tx, scope, ourShare(port.windows), stretch, now, ability.points.lift);
      return idle('budget', at);
    }
    return applies.waiting === 'budget' ? idle('budget', budget.at) : idle(applies.waiting, applies.until);
  }
  const applied = chunk.applies ? chunk.applies.items.length * pointsOf(port, chunk.applies.action, 'apply') : 0;
  chunk.points = lifted + applied + renewed;
  await spend(tx, scope, stretch, now, chunk.points);
  return null;
}

/** Points that one write of this kind costs on this network. */
function pointsOf(port: NetworkPort, action: Action, kind: 'apply' | 'lift'): number {
  return port.abilities[action]?.points[kind] ?? 0;
}

/** What an earlier claim sent, or was about to, and never reported. One action at a time. */
async function inFlight(tx: SqlTx, ref: AccountRef): Promise<Chunk['unsettled']> {
  const rows = await tx.$queryRaw<(Claimed & { state: string; action: Action })[]>`
    SELECT e.profile_id AS "profileId", p.native_id AS "nativeId", e.key, e.tries, e.resent,
           e.state::text AS state, e.action::text AS action,
           EXISTS (SELECT FROM people t WHERE t.tenant_id = e.tenant_id AND t.account_id = e.account_id
                     AND t.profile_id = e.profile_id AND t.talked_at IS NOT NULL) AS talked
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
