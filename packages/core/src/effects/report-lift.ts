import { backoff } from '@secateur/base';
import type { SqlTx } from '@secateur/db';
import type { Action } from '@secateur/networks/port';
import { coversOf } from './covers.ts';
import { forgetSeen } from './found.ts';
import { judge } from './policy/index.ts';
import type { Step } from './step.ts';
import { endTargets } from './targets.ts';
import type { AccountRef, Claimed, Ended, Report } from './types.ts';

/**
 * The network acknowledged that they are gone. Covers that had ended are over; where a shield came to cover one, or was
 * extended, while the call was under way, it is to be made again.
 */
export async function reportLifted(
  { tx, ref, now, tally, recounted }: Step,
  action: Action,
  lifted: Claimed[],
): Promise<void> {
  if (lifted.length === 0) return;
  const rows = await tx.$queryRaw<{ profileId: string; confirmedAt: Date }[]>`
    UPDATE effects SET state = 'absent', key = NULL, due_at = NULL, problem = NULL, tries = 0, resent = false
    WHERE tenant_id = ${ref.tenantId}::uuid AND account_id = ${ref.accountId}::uuid AND action = ${action}::action
      AND profile_id = ANY(${lifted.map((c) => c.profileId)}::uuid[]) AND state = 'lifting'
    RETURNING profile_id AS "profileId", confirmed_at AS "confirmedAt"`;
  await forgetSeen(tx, ref, action, lifted);
  const covers = await coversOf(
    tx,
    ref,
    action,
    rows.map((r) => r.profileId),
  );
  const ended: Ended[] = [];
  const again: { profileId: string; shieldId: string }[] = [];
  for (const { profileId, confirmedAt } of rows) {
    const all = covers.get(profileId) ?? [];
    const over = judge(all, profileId, confirmedAt, now).ended;
    for (const { shieldId, why } of over) {
      ended.push({ profileId, shieldId, why });
      tally.move(shieldId, 'done', 'over');
    }
    const live = all.find((c) => !over.some((o) => o.shieldId === c.shieldId));
    if (live) again.push({ profileId, shieldId: live.shieldId });
  }
  await endTargets(tx, ref, action, ended);
  await makeAgain(tx, ref, action, again, recounted);
}

async function makeAgain(
  tx: SqlTx,
  ref: AccountRef,
  action: Action,
  again: { profileId: string; shieldId: string }[],
  recounted: Set<string>,
): Promise<void> {
  if (again.length === 0) return;
  const ids = again.map((a) => a.profileId);
  await tx.$executeRaw`
    UPDATE effects e SET state = 'pending', shield_id = a.shield_id
    FROM unnest(${ids}::uuid[], ${again.map((a) => a.shieldId)}::uuid[]) AS a (profile_id, shield_id)
    WHERE e.tenant_id = ${ref.tenantId}::uuid AND e.account_id = ${ref.accountId}::uuid AND e.action = ${action}::action
      AND e.profile_id = a.profile_id AND e.state = 'absent'`;
  const touched = await tx.$queryRaw<{ shieldId: string }[]>`
    UPDATE targets SET covered_at = NULL
    WHERE tenant_id = ${ref.tenantId}::uuid AND account_id = ${ref.accountId}::uuid AND action = ${action}::action
      AND profile_id = ANY(${ids}::uuid[]) AND state = 'covering'
    RETURNING shield_id AS "shieldId"`;
  for (const { shieldId } of touched) recounted.add(shieldId);
}

/** Problems of one write that say nothing about the next: the turn goes on, so it must not meet them again at once. */
const ONES_OWN = ['rejected', 'not_found', 'untyped'];

/** Certainly not lifted yet: applied still, and due again. Nothing becomes permanent in silence. */
export async function reportStillHeld(
  { tx, ref, now }: Step,
  action: Action,
  held: Report['stillHeld'],
): Promise<void> {
  if (held.length === 0) return;
  const due = held.map(({ claimed, problem }) =>
    ONES_OWN.includes(problem)
      ? new Date(now.getTime() + backoff(claimed.tries + 1, Math.random())).toISOString()
      : now.toISOString(),
  );
  await tx.$executeRaw`
    UPDATE effects e SET state = 'applied', due_at = h.due::timestamptz, tries = least(e.tries + 1, 100), problem = h.problem
    FROM unnest(${held.map((h) => h.claimed.profileId)}::uuid[], ${due}::text[], ${held.map((h) => h.problem)}::text[])
      AS h (profile_id, due, problem)
    WHERE e.tenant_id = ${ref.tenantId}::uuid AND e.account_id = ${ref.accountId}::uuid AND e.action = ${action}::action
      AND e.profile_id = h.profile_id AND e.state = 'lifting'`;
}

/** The user lifted ours by hand: respected. The shields that covered it never make it again. */
export async function reportUndone({ tx, ref, recounted }: Step, action: Action, undone: Claimed[]): Promise<void> {
  if (undone.length === 0) return;
  const ids = undone.map((c) => c.profileId);
  const covers = await coversOf(tx, ref, action, ids);
  const ended: Ended[] = ids.flatMap((profileId) =>
    (covers.get(profileId) ?? []).map((c) => ({ profileId, shieldId: c.shieldId, why: 'lifted_by_you' as const })),
  );
  await endTargets(tx, ref, action, ended);
  await tx.$executeRaw`
    UPDATE effects SET state = 'undone', key = NULL, due_at = NULL, resent = false
    WHERE tenant_id = ${ref.tenantId}::uuid AND account_id = ${ref.accountId}::uuid AND action = ${action}::action
      AND profile_id = ANY(${ids}::uuid[]) AND state IN ('applying', 'applied', 'lifting')`;
  await forgetSeen(tx, ref, action, undone);
  for (const { shieldId } of ended) recounted.add(shieldId);
}
