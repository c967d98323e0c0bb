import { Refusal } from '@secateur/base';
import { type Tx, withTenant } from '@secateur/db';
import type { NetworkName } from '@secateur/networks/port';
import { enqueue } from '@secateur/queue';
import { auditMember } from '../audit/index.ts';
import type { MemberContext } from '../context/index.ts';
import { record } from '../events/index.ts';
import { demand } from '../tenants/index.ts';
import { fillListJob } from './jobs.ts';
import { profileOfId, profilesNamed } from './named.ts';
import { takeOffInput } from './schemas.ts';

/**
 * Takes one account off a list, for good: those who follow it forgive them where they have them only from there. What the
 * author's own shields do with the account does not change. Everybody who has the link can tell that it was taken off. Throws
 * `several_named` where accounts on it are stored under one name and it wasn't the id that was given.
 */
export async function takeOff(ctx: MemberContext, raw: unknown): Promise<void> {
  demand(ctx, 'lists.end');
  const { id, query } = takeOffInput.parse(raw);
  const { tenantId } = ctx.actor;
  await withTenant(ctx.prisma, tenantId, async (tx) => {
    const list = await lockList(tx, ctx, id);
    const named = await profilesNamed(tx, list.network, query);
    const there = await tx.sharedMember.findMany({ where: { tenantId, listId: id, profileId: { in: named } } });
    const byId = profileOfId(list.network, query);
    // A name that somebody has given up may still stand with them: whose it is now is not ours to guess.
    const member = there.find(({ profileId }) => profileId === byId) ?? there[0];
    if (!member) throw new Refusal('not_on_list');
    if (there.length > 1 && member.profileId !== byId) throw new Refusal('several_named');
    if (!member.takenOff) await takeAway(tx, ctx, list, member.profileId);
  });
}

type Locked = { id: string; network: NetworkName; change: number };

/** A list that hasn't ended, locked: each change has a number of its own. */
export async function lockList(tx: Tx, ctx: MemberContext, id: string): Promise<Locked> {
  const [list] = await tx.$queryRaw<Locked[]>`
    SELECT id, network::text AS network, change FROM shared_lists
    WHERE tenant_id = ${ctx.actor.tenantId}::uuid AND id = ${id}::uuid AND ended_at IS NULL FOR UPDATE`;
  if (!list) throw new Refusal('not_found');
  return list;
}

/** Takes somebody who is on it off a locked list, answers what they wrote, and has whoever follows woken. */
export async function takeAway(tx: Tx, ctx: MemberContext, list: Locked, profileId: string): Promise<void> {
  const { tenantId } = ctx.actor;
  const { id: listId } = list;
  const now = ctx.clock.now();
  const change = list.change + 1;
  await tx.sharedMember.update({
    where: { tenantId_listId_profileId: { tenantId, listId, profileId } },
    data: { change, takenOff: true },
  });
  await tx.sharedList.update({
    where: { tenantId_id: { tenantId, id: listId } },
    data: { change, size: { decrement: 1 }, wakeAt: now },
  });
  await tx.appeal.updateMany({
    where: { tenantId, listId, profileId, answeredAt: null },
    data: { answeredAt: now, words: null },
  });
  await auditMember(tx, ctx, { action: 'list.taken_off', subjectId: profileId });
  await record(tx, tenantId, now, [{ kind: 'list', subjectId: listId }]);
  // Whoever follows is woken there: here, who looks at their own at this moment would keep the author waiting.
  await enqueue(tx, fillListJob, { tenantId, listId });
}
