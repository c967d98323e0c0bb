import { MINUTE } from '@secateur/base';
import type { SqlTx } from '@secateur/db';
import type { Action, NetworkPort } from '@secateur/networks/port';
import { alwaysSpared, PROTECTED, type SpareReason, TALKED_FOR } from '../exemptions/policy/index.ts';
import { bucketsOf, holdTokens } from '../quotas/index.ts';
import { availableAt } from '../quotas/policy/index.ts';
import { nextMonth } from '../spending/policy/index.ts';
import { batchOf } from './claim-lifts.ts';
import { Tally, writeTally } from './counts.ts';
import { coversOf } from './covers.ts';
import { liftLate } from './late.ts';
import type { Wanting } from './outlook.ts';
import { judge } from './policy/index.ts';
import { talkedIsFresh } from './talked.ts';
import { endTargets, spareTargets } from './targets.ts';
import type { AccountRef, Chunk, Claimed, RuledCover, Sendable } from './types.ts';

type Turn = Pick<Wanting, 'shieldId' | 'action' | 'tokensHeld' | 'talks'>;
type Candidate = Claimed & { action: Action; own: boolean; allowed: boolean; byHand: boolean };
type Choice = {
  chosen: Chunk['applies'];
  waiting: 'people' | 'tokens' | 'budget' | 'spending' | null;
  until: Date | null;
};

/** What there is for applies: points of the budget, and how many the tenant's money is enough for. */
type Limits = { epoch: number; now: Date; points: number; room: number; lastKey: string | null };

/**
 * Claims the next applies of the account, of the first of these shields that has any. What nobody may hit by now (allow
 * list, own accounts, made by hand) is settled here; what is left gets its key.
 */
export async function chooseApplies(
  tx: SqlTx,
  ref: AccountRef,
  port: NetworkPort,
  turns: Turn[],
  { epoch, now, points, room, lastKey }: Limits,
): Promise<Choice> {
  let wait: Omit<Choice, 'chosen'> = { waiting: null, until: null };
  // Of whom one talked with the network is not asked again: it is read, and what was read has to be fresh.
  const talks = turns.some((turn) => turn.talks);
  const fresh = !talks || (await talkedIsFresh(tx, ref, now));
  for (const turn of turns) {
    if (turn.talks && !fresh) {
      wait = { waiting: 'people', until: new Date(now.getTime() + MINUTE) };
      continue;
    }
    // A shield that blocks mutes some: what it waits with is of both, and a chunk of one.
    const widest = Math.max(1, mostOf(port, turn.action, points), mostOf(port, 'mute', points));
    for (;;) {
      const found = await candidates(tx, ref, turn, now, { most: widest, talks });
      const action = found[0]?.action;
      if (!action) break;
      const most = Math.min(mostOf(port, action, points), room);
      const due = found.slice(0, most);
      if (most === 0) {
        wait = room === 0 ? { waiting: 'spending', until: nextMonth(now) } : { waiting: 'budget', until: null };
        break;
      }
      const tokens = await tokensFor(tx, ref, turn, due.length, now);
      if (tokens === 0) {
        const { tenant, account } = await bucketsOf(tx, ref, now);
        const want = Math.min(due.length, 50);
        wait = { waiting: 'tokens', until: later(availableAt(tenant, want, now), availableAt(account, want, now)) };
        break;
      }
      turn.action = action;
      const items = await sort(tx, ref, turn, due.slice(0, tokens), { epoch, now, port, lastKey });
      if (items.length > 0) return { chosen: { action, shieldId: turn.shieldId, items }, waiting: null, until: null };
    }
  }
  return { chosen: null, ...wait };
}

/** Most applies of this action in a chunk that may cost so many points. */
function mostOf(port: NetworkPort, action: Action, points: number): number {
  const cost = port.abilities[action]?.points.apply ?? 0;
  return Math.min(batchOf(port, action), cost === 0 ? Number.MAX_SAFE_INTEGER : Math.floor(points / cost));
}

async function candidates(
  tx: SqlTx,
  ref: AccountRef,
  turn: Turn,
  now: Date,
  { most, talks }: { most: number; talks: boolean },
): Promise<Candidate[]> {
  const since = new Date(now.getTime() - TALKED_FOR);
  const rows = await tx.$queryRaw<Candidate[]>`
    SELECT e.profile_id AS "profileId", p.native_id AS "nativeId", e.key, e.tries, e.resent, e.action::text AS action,
           EXISTS (SELECT FROM network_accounts n WHERE n.tenant_id = e.tenant_id AND n.account_id = e.profile_id) AS own,
           EXISTS (SELECT FROM exemptions x WHERE x.tenant_id = e.tenant_id AND x.profile_id = e.profile_id) AS allowed,
           EXISTS (SELECT FROM held_by_hand h WHERE h.tenant_id = e.tenant_id AND h.account_id = e.account_id
                     AND h.profile_id = e.profile_id AND h.action = e.action
                     AND (h.key = '' OR h.key IS DISTINCT FROM e.key)) AS "byHand",
           CASE WHEN ${talks}::boolean THEN EXISTS (
             SELECT FROM people t WHERE t.tenant_id = e.tenant_id AND t.account_id = e.account_id
               AND t.profile_id = e.profile_id AND t.talked_at > ${since}::timestamptz) ELSE false END AS talked
    FROM effects e JOIN profiles p ON p.id = e.profile_id
    WHERE e.tenant_id = ${ref.tenantId}::uuid AND e.account_id = ${ref.accountId}::uuid
      AND e.shield_id = ${turn.shieldId}::uuid AND e.state = 'pending' AND (e.due_at IS NULL OR e.due_at <= ${now})
    ORDER BY e.rank, e.resent LIMIT ${most}
    FOR UPDATE OF e SKIP LOCKED`;
  const [first] = rows;
  return rows.filter((r) => r.resent === first?.resent && r.action === first.action);
}

/** Tokens that the shield may spend on this chunk; takes more out of the buckets when it holds too few. */
async function tokensFor(tx: SqlTx, ref: AccountRef, turn: Turn, want: number, now: Date): Promise<number> {
  if (turn.tokensHeld >= want) return want;
  const more = await holdTokens(tx, ref, want - turn.tokensHeld, now);
  if (more > 0) {
    turn.tokensHeld += more;
    await tx.$executeRaw`
      UPDATE shield_connections SET tokens_held = tokens_held + ${more}::int
      WHERE tenant_id = ${ref.tenantId}::uuid AND shield_id = ${turn.shieldId}::uuid AND account_id = ${ref.accountId}::uuid`;
  }
  return Math.min(want, turn.tokensHeld);
}

async function sort(
  tx: SqlTx,
  ref: AccountRef,
  turn: Turn,
  due: Candidate[],
  { epoch, now, port, lastKey }: { epoch: number; now: Date; port: NetworkPort; lastKey: string | null },
): Promise<Sendable[]> {
  const covers = await coversOf(
    tx,
    ref,
    turn.action,
    due.map((d) => d.profileId),
  );
  const unwanted: Candidate[] = [];
  const spared: Unsent['spared'] = [];
  const byHand: Candidate[] = [];
  const send: Sendable[] = [];
  for (const candidate of due) {
    const { own, allowed, byHand: held, action: _, ...claimed } = candidate;
    const reason = alwaysSpared({ own, allowed, protected: PROTECTED.includes(claimed.profileId) });
    const wantedBy = (covers.get(claimed.profileId) ?? []).filter((c) => c.endedFor === null && c.undoneAt === null);
    if (reason) spared.push({ ...candidate, reason });
    else if (wantedBy.length === 0) unwanted.push(candidate);
    else if (held) byHand.push(candidate);
    else send.push({ ...claimed, wantedBy, until: endOf(wantedBy, claimed.profileId, now) });
  }
  await settleUnsent(tx, ref, turn, { spared, byHand, unwanted, covers }, now);
  if (send.length === 0) return [];
  const fresh = port.newKeys(send.filter((c) => c.key === null).length, lastKey);
  const keyed = port.abilities[turn.action]?.keyed ?? true;
  // Without keys what an earlier claim found says nothing any more: it is looked at anew.
  for (const c of send) c.key = keyed ? (c.key ?? fresh.shift() ?? null) : null;
  await tx.$executeRaw`
    UPDATE effects e SET state = 'applying', epoch = ${epoch}, key = s.key, keyed = ${keyed}
    FROM unnest(${send.map((c) => c.profileId)}::uuid[], ${send.map((c) => c.key)}::text[]) AS s (profile_id, key)
    WHERE e.tenant_id = ${ref.tenantId}::uuid AND e.account_id = ${ref.accountId}::uuid AND e.action = ${turn.action}::action
      AND e.profile_id = s.profile_id AND e.state = 'pending'`;
  return send;
}

/** When the last of these covers ends, were the effect confirmed now. */
function endOf(covers: RuledCover[], profileId: string, now: Date): Date | null {
  const verdict = judge(covers, profileId, now, now);
  return verdict.lift ? now : verdict.dueAt;
}

type Unsent = {
  spared: (Candidate & { reason: SpareReason })[];
  byHand: Candidate[];
  unwanted: Candidate[];
  covers: Map<string, RuledCover[]>;
};

/** What is spared, stands already or was undone one by one is told to every shield that covers it; its token goes back. */
async function settleUnsent(
  tx: SqlTx,
  ref: AccountRef,
  turn: Turn,
  { spared, byHand, unwanted, covers }: Unsent,
  now: Date,
): Promise<void> {
  const ids = [...spared, ...byHand, ...unwanted].map((c) => c.profileId);
  if (ids.length === 0) return;
  const tally = new Tally();
  const told: { profileId: string; shieldId: string; reason: SpareReason }[] = [];
  for (const { profileId, reason } of spared) {
    for (const { shieldId } of covers.get(profileId) ?? []) {
      told.push({ profileId, shieldId, reason });
      tally.move(shieldId, 'pending', 'spared');
    }
    tally.giveBack(turn.shieldId);
  }
  for (const { profileId } of byHand) {
    for (const { shieldId } of covers.get(profileId) ?? []) tally.move(shieldId, 'pending', 'already');
    tally.giveBack(turn.shieldId);
  }
  const over = unwanted.flatMap(({ profileId }) =>
    (covers.get(profileId) ?? []).map(({ shieldId }) => ({ profileId, shieldId, why: 'cancelled' as const })),
  );
  for (const { shieldId } of over) tally.move(shieldId, 'pending', 'over');
  for (const _ of unwanted) tally.giveBack(turn.shieldId);
  await endTargets(tx, ref, turn.action, over);
  turn.tokensHeld -= ids.length;
  await spareTargets(tx, ref, turn.action, told);
  await tx.$executeRaw`
    UPDATE effects SET state = CASE WHEN profile_id = ANY(${byHand.map((c) => c.profileId)}::uuid[])
                                    THEN 'by_hand'::effect_state ELSE 'absent'::effect_state END, due_at = NULL
    WHERE tenant_id = ${ref.tenantId}::uuid AND account_id = ${ref.accountId}::uuid AND action = ${turn.action}::action
      AND profile_id = ANY(${ids}::uuid[]) AND state = 'pending'`;
  const sent = [...spared, ...unwanted].filter((c) => c.resent);
  await liftLate(
    tx,
    ref,
    sent.map((c) => c.profileId),
    now,
  );
  await writeTally(tx, ref, tally, now);
}

function later(a: Date, b: Date): Date {
  return new Date(Math.max(a.getTime(), b.getTime()));
}
