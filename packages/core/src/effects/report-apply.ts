import { backoff } from '@secateur/base';
import type { Action } from '@secateur/networks/port';
import type { SpareReason } from '../exemptions/policy/index.ts';
import { coversOf } from './covers.ts';
import { handOver } from './hand-over.ts';
import { liftLate } from './late.ts';
import { judge, judgeRelation, wants } from './policy/index.ts';
import type { Step } from './step.ts';
import { spareTargets } from './targets.ts';
import type { Claimed, Related, Report } from './types.ts';
import { type Weakened, weakenTargets } from './weaken.ts';

/** The network acknowledged them. Each one's clock starts now; it is next looked at when its last cover ends. */
export async function reportApplied(step: Step, action: Action, applied: Claimed[]): Promise<void> {
  if (applied.length === 0) return;
  const { tx, ref, now, epoch, tally } = step;
  const ids = applied.map((c) => c.profileId);
  const covers = await coversOf(tx, ref, action, ids);
  const due = ids.map((id) => {
    const verdict = judge(covers.get(id) ?? [], id, now, now);
    return (verdict.lift ? now : verdict.dueAt)?.toISOString() ?? null;
  });
  const rows = await tx.$queryRaw<{ profileId: string; shieldId: string }[]>`
    UPDATE effects e SET state = 'applied', confirmed_at = ${now}, due_at = a.due::timestamptz, tries = 0, resent = false,
           problem = NULL
    FROM unnest(${ids}::uuid[], ${due}::text[]) AS a (profile_id, due)
    WHERE e.tenant_id = ${ref.tenantId}::uuid AND e.account_id = ${ref.accountId}::uuid AND e.action = ${action}::action
      AND e.profile_id = a.profile_id AND e.state = 'applying' AND e.epoch <= ${epoch}
    RETURNING e.profile_id AS "profileId", e.shield_id AS "shieldId"`;
  for (const { profileId, shieldId } of rows) {
    tally.charge(shieldId);
    for (const cover of covers.get(profileId) ?? []) tally.move(cover.shieldId, 'pending', 'done');
  }
}

/** Own people who were sent because one shield does nothing about them: the others that cover them do. */
export async function reportRelated(step: Step, action: Action, related: Report['related']): Promise<void> {
  if (related.length === 0) return;
  const { spared, weakened } = await judgeAll(step, action, related);
  await weakenTargets(step, weakened);
  await spareThem(step, action, spared);
}

type Spared = { profileId: string; shieldId: string; reason: SpareReason };
type Judged = { spared: Spared[]; weakened: Weakened[]; wanted: Set<string> };

/** What every shield that covers them does about each of these, as the network said that they stand to the account. */
async function judgeAll({ tx, ref }: Step, action: Action, people: Related[]): Promise<Judged> {
  const judged: Judged = { spared: [], weakened: [], wanted: new Set() };
  const ids = people.map((one) => one.claimed.profileId);
  const covers = await coversOf(tx, ref, action, ids);
  for (const { claimed, ...standing } of people) {
    const { profileId } = claimed;
    for (const cover of covers.get(profileId) ?? []) {
      const { shieldId } = cover;
      const verdict = judgeRelation(cover, { profileId, ...standing });
      if (wants(verdict, action)) judged.wanted.add(profileId);
      else if (verdict?.choice === 'spare') judged.spared.push({ profileId, shieldId, reason: verdict.reason });
      else if (verdict) judged.weakened.push({ profileId, shieldId, reason: verdict.reason });
    }
  }
  return judged;
}

async function spareThem({ tx, ref, tally }: Step, action: Action, spared: Spared[]): Promise<void> {
  for (const { shieldId } of spared) tally.move(shieldId, 'pending', 'spared');
  await spareTargets(tx, ref, action, spared);
}

/**
 * What was not sent: held by hand already, one of the account's own people, or due again. Somebody whom one shield
 * spares or weakens may be covered by another that doesn't: then it is due again for that one.
 */
export async function reportNotSent(
  step: Step,
  action: Action,
  { byHand, own, again }: { byHand: Claimed[]; own: Report['own']; again: Report['retry'] },
): Promise<void> {
  const { tx, ref, tally } = step;
  const settled: { profileId: string; state: 'by_hand' | 'absent' }[] = byHand.map(({ profileId }) => ({
    profileId,
    state: 'by_hand',
  }));
  const later = [...again];
  const covers = await coversOf(
    tx,
    ref,
    action,
    byHand.map((c) => c.profileId),
  );
  for (const { profileId } of byHand) {
    for (const { shieldId } of covers.get(profileId) ?? []) tally.move(shieldId, 'pending', 'already');
  }
  const { spared, weakened, wanted } = await judgeAll(step, action, own);
  for (const { claimed } of own) {
    // A shield that does not spare them came since: its claim knows that it does not.
    if (wanted.has(claimed.profileId)) later.push({ claimed, counts: false, problem: 'wanted_by_another' });
    else settled.push({ profileId: claimed.profileId, state: 'absent' });
  }
  await weakenTargets(step, weakened);
  await spareThem(step, action, spared);
  if (settled.length > 0) {
    const rows = await tx.$queryRaw<{ shieldId: string }[]>`
      UPDATE effects e SET state = s.state::effect_state, due_at = NULL
      FROM unnest(${settled.map((s) => s.profileId)}::uuid[], ${settled.map((s) => s.state)}::text[]) AS s (profile_id, state)
      WHERE e.tenant_id = ${ref.tenantId}::uuid AND e.account_id = ${ref.accountId}::uuid AND e.action = ${action}::action
        AND e.profile_id = s.profile_id AND e.state = 'applying'
      RETURNING e.shield_id AS "shieldId"`;
    for (const { shieldId } of rows) tally.giveBack(shieldId);
    const sent = own.filter((o) => o.claimed.resent);
    await liftLate(
      tx,
      ref,
      sent.map((o) => o.claimed.profileId),
      step.now,
    );
  }
  await putBack(step, action, later);
}

/** Due again, under the same key. Only what may never work is put off; the rest waits for the account, not for a clock. */
async function putBack({ tx, ref, now, tally }: Step, action: Action, again: Report['retry']): Promise<void> {
  if (again.length === 0) return;
  const due = again.map((r) =>
    r.counts ? new Date(now.getTime() + backoff(r.claimed.tries + 1, Math.random())).toISOString() : null,
  );
  await tx.$executeRaw`
    UPDATE effects e SET state = 'pending', due_at = a.due::timestamptz, tries = e.tries + a.counts, resent = true,
           problem = a.problem
    FROM unnest(${again.map((r) => r.claimed.profileId)}::uuid[], ${due}::text[],
                ${again.map((r) => (r.counts ? 1 : 0))}::int[], ${again.map((r) => r.problem)}::text[])
      AS a (profile_id, due, counts, problem)
    WHERE e.tenant_id = ${ref.tenantId}::uuid AND e.account_id = ${ref.accountId}::uuid AND e.action = ${action}::action
      AND e.profile_id = a.profile_id AND e.state = 'applying'`;
  await handOver(
    tx,
    ref,
    action,
    again.map((r) => r.claimed.profileId),
    tally,
  );
  // A shield that was ended while the write was under way has no turn any more: its unwinding withdraws what came back.
  await tx.$executeRaw`
    UPDATE shields SET wake_at = ${now}
    WHERE tenant_id = ${ref.tenantId}::uuid AND (undone_at IS NOT NULL OR cancelled_at IS NOT NULL)
      AND id IN (SELECT shield_id FROM targets WHERE tenant_id = ${ref.tenantId}::uuid AND account_id = ${ref.accountId}::uuid
                   AND action = ${action}::action AND profile_id = ANY(${again.map((r) => r.claimed.profileId)}::uuid[])
                   AND state = 'covering')`;
}

/** The network refuses them for what they are. Shown as failed; the token goes back. */
export async function reportFailed(
  { tx, ref, tally }: Step,
  action: Action,
  failed: { claimed: Claimed; problem: string }[],
): Promise<void> {
  if (failed.length === 0) return;
  const ids = failed.map((f) => f.claimed.profileId);
  const covers = await coversOf(tx, ref, action, ids);
  const rows = await tx.$queryRaw<{ profileId: string; shieldId: string }[]>`
    UPDATE effects e SET state = 'failed', due_at = NULL, problem = f.problem
    FROM unnest(${ids}::uuid[], ${failed.map((f) => f.problem)}::text[]) AS f (profile_id, problem)
    WHERE e.tenant_id = ${ref.tenantId}::uuid AND e.account_id = ${ref.accountId}::uuid AND e.action = ${action}::action
      AND e.profile_id = f.profile_id AND e.state = 'applying'
    RETURNING e.profile_id AS "profileId", e.shield_id AS "shieldId"`;
  for (const { profileId, shieldId } of rows) {
    tally.giveBack(shieldId);
    for (const cover of covers.get(profileId) ?? []) tally.move(cover.shieldId, 'pending', 'failed');
  }
}
