import { profileId, Refusal } from '@secateur/base';
import { withTenant } from '@secateur/db';
import type { NetworkName } from '@secateur/networks/port';
import { auditMember } from '../audit/index.ts';
import type { MemberContext } from '../context/index.ts';
import { record } from '../events/index.ts';
import { demand } from '../tenants/index.ts';
import { takeOffInput } from './schemas.ts';

/**
 * Takes one account off a list, for good: those who follow it forgive them where they have them only from there. What the
 * author's own shields do with the account does not change. Everybody who has the link can tell that it was taken off.
 */
export async function takeOff(ctx: MemberContext, raw: unknown): Promise<void> {
  demand(ctx, 'lists.end');
  const { id, query } = takeOffInput.parse(raw);
  const { tenantId } = ctx.actor;
  const now = ctx.clock.now();
  const name = query.replace(/^@/, '');
  await withTenant(ctx.prisma, tenantId, async (tx) => {
    // Locked: each change has a number of its own.
    const [list] = await tx.$queryRaw<{ network: NetworkName; change: number; tokenHash: Uint8Array<ArrayBuffer> }[]>`
      SELECT network::text AS network, change, token_hash AS "tokenHash" FROM shared_lists
      WHERE tenant_id = ${tenantId}::uuid AND id = ${id}::uuid AND ended_at IS NULL FOR UPDATE`;
    if (!list) throw new Refusal('not_found');
    const [member] = await tx.$queryRaw<{ profileId: string; takenOff: boolean }[]>`
      SELECT m.profile_id AS "profileId", m.taken_off AS "takenOff"
      FROM profiles p JOIN shared_members m ON m.profile_id = p.id
      WHERE (p.handle = lower(${name}) OR p.id = ${profileId(list.network, name)}::uuid)
        AND m.tenant_id = ${tenantId}::uuid AND m.list_id = ${id}::uuid LIMIT 1`;
    if (!member) throw new Refusal('not_on_list');
    if (member.takenOff) return;
    const change = list.change + 1;
    await tx.sharedMember.update({
      where: { tenantId_listId_profileId: { tenantId, listId: id, profileId: member.profileId } },
      data: { change, takenOff: true },
    });
    await tx.sharedList.update({
      where: { tenantId_id: { tenantId, id } },
      data: { change, size: { decrement: 1 } },
    });
    await tx.$executeRaw`SELECT across.wake_subscriptions(${list.tokenHash}::bytea, ${now}::timestamptz)`;
    await auditMember(tx, ctx, { action: 'list.taken_off', subjectId: member.profileId });
    await record(tx, tenantId, now, [{ kind: 'list', subjectId: id }]);
  });
}
