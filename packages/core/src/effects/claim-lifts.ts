import type { SqlTx } from '@secateur/db';
import type { Action, NetworkPort } from '@secateur/networks/port';
import { Tally, writeTally } from './counts.ts';
import { coversOf } from './covers.ts';
import { judge } from './policy/index.ts';
import { endTargets } from './targets.ts';
import type { AccountRef, Chunk, Claimed, Ended, Renewable } from './types.ts';

type Due = Claimed & { confirmedAt: Date };

/** `waiting`: something is due that the budget does not allow now. `renewals` are held on to, and the network must hear of it. */
type Choice = { chosen: Chunk['lifts']; renewals: Chunk['renewals']; waiting: boolean };

/**
 * Looks at applied effects whose time has come. What no shield covers any more is claimed for lifting; what another one
 * still covers gets the time of that one's end instead. `most` is how many the budget allows of those that cost points.
 */
export async function chooseLifts(
  tx: SqlTx,
  ref: AccountRef,
  port: NetworkPort,
  { epoch, now, most }: { epoch: number; now: Date; most: number },
): Promise<Choice> {
  let waiting = false;
  for (const action of ['block', 'mute'] as const) {
    const free = port.abilities[action]?.points.lift === 0;
    const limit = free ? batchOf(port, action) : Math.min(most, batchOf(port, action));
    if (limit === 0) waiting ||= (await dueLifts(tx, ref, action, now, 1)).length > 0;
    // What turns out to be covered still is put off, and the next due ones are looked at.
    for (;;) {
      const due = await dueLifts(tx, ref, action, now, limit);
      if (due.length === 0) break;
      const net = port.abilities[action]?.safetyNet ?? null;
      const { lift, renew } = await sort(tx, ref, action, due, { epoch, now, net });
      const chosen = lift.length > 0 ? { action, items: lift } : null;
      const renewals = renew.length > 0 ? { action, items: renew } : null;
      if (chosen || renewals) return { chosen, renewals, waiting };
    }
  }
  return { chosen: null, renewals: null, waiting };
}

/** Most writes of one chunk; a network without batches takes them one by one, so a chunk is shorter there. */
export function batchOf(port: NetworkPort, action: Action): number {
  const batch = port.abilities[action]?.batch ?? 0;
  return batch === 1 ? 25 : batch;
}

async function dueLifts(tx: SqlTx, ref: AccountRef, action: Action, now: Date, limit: number): Promise<Due[]> {
  if (limit <= 0) return [];
  return tx.$queryRaw<Due[]>`
    SELECT e.profile_id AS "profileId", p.native_id AS "nativeId", e.key, e.tries, e.resent,
           e.confirmed_at AS "confirmedAt"
    FROM effects e JOIN profiles p ON p.id = e.profile_id
    WHERE e.tenant_id = ${ref.tenantId}::uuid AND e.account_id = ${ref.accountId}::uuid
      AND e.state = 'applied' AND e.due_at <= ${now} AND e.action = ${action}::action
    ORDER BY e.due_at LIMIT ${limit}
    FOR UPDATE OF e`;
}

async function sort(
  tx: SqlTx,
  ref: AccountRef,
  action: Action,
  due: Due[],
  { epoch, now, net }: { epoch: number; now: Date; net: number | null },
): Promise<{ lift: Claimed[]; renew: Renewable[] }> {
  const covers = await coversOf(
    tx,
    ref,
    action,
    due.map((d) => d.profileId),
  );
  const lift: Due[] = [];
  const renew: Renewable[] = [];
  const kept: { profileId: string; dueAt: Date | null }[] = [];
  const ended: Ended[] = [];
  const tally = new Tally();
  for (const effect of due) {
    const verdict = judge(covers.get(effect.profileId) ?? [], effect.profileId, effect.confirmedAt, now);
    if (verdict.lift) {
      lift.push(effect);
      continue;
    }
    kept.push({ profileId: effect.profileId, dueAt: nextLook(verdict.dueAt, now, net) });
    if (net !== null) renew.push({ ...effect, until: verdict.dueAt });
    for (const { shieldId, why } of verdict.ended) {
      ended.push({ profileId: effect.profileId, shieldId, why });
      tally.move(shieldId, 'done', 'over');
    }
  }
  await endTargets(tx, ref, action, ended);
  await putOff(tx, ref, action, kept);
  await writeTally(tx, ref, tally, now);
  if (lift.length > 0) {
    await tx.$executeRaw`
      UPDATE effects SET state = 'lifting', epoch = ${epoch}
      WHERE tenant_id = ${ref.tenantId}::uuid AND account_id = ${ref.accountId}::uuid AND action = ${action}::action
        AND profile_id = ANY(${lift.map((e) => e.profileId)}::uuid[]) AND state = 'applied'`;
  }
  return { lift, renew };
}

/**
 * When to look at a kept effect again. Where the network would let go by itself that is twice within the time by which it
 * outlasts us, so that a renewal that comes to nothing is followed by another in time.
 */
function nextLook(dueAt: Date | null, now: Date, net: number | null): Date | null {
  if (net === null) return dueAt;
  const look = now.getTime() + net / 2;
  return new Date(dueAt === null ? look : Math.min(dueAt.getTime(), look));
}

async function putOff(
  tx: SqlTx,
  ref: AccountRef,
  action: Action,
  kept: { profileId: string; dueAt: Date | null }[],
): Promise<void> {
  if (kept.length === 0) return;
  await tx.$executeRaw`
    UPDATE effects e SET due_at = k.due::timestamptz
    FROM unnest(${kept.map((k) => k.profileId)}::uuid[], ${kept.map((k) => k.dueAt?.toISOString() ?? null)}::text[])
      AS k (profile_id, due)
    WHERE e.tenant_id = ${ref.tenantId}::uuid AND e.account_id = ${ref.accountId}::uuid AND e.action = ${action}::action
      AND e.profile_id = k.profile_id AND e.state = 'applied'`;
}
