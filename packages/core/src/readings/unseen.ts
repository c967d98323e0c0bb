import { profileId } from '@secateur/base';
import { withTenant } from '@secateur/db';
import type { Action, Held } from '@secateur/networks/port';
import { accountScope, accountStretch, spend } from '../budgets/index.ts';
import type { Acting } from '../connections/index.ts';
import type { WorkerContext } from '../context/index.ts';

type Account = { tenantId: string; accountId: string };

/** Most accounts asked about at the end of one reading: each may take a request of the account's own budget. */
const MOST = 200;

/**
 * Whom a reading that is about to end did not see although we believe them held, and who are held all the same. Where a network
 * keeps no identity of ours its lists leave some out (Mastodon the suspended ones), and a relation tells. Those beyond what one
 * reading may ask, and those whom the network can't find, count as held until another one.
 *
 * NOT IN is asked once and kept in a table of its own: of what the reading wrote just now PostgreSQL knows no numbers, and would
 * go through all of it for each.
 */
export async function heldUnseen(
  ctx: WorkerContext,
  account: Account,
  acting: Acting,
  action: Action,
  at: { generation: number; startedAt: Date; last: Held[] },
): Promise<Held[]> {
  const { port } = acting;
  const seen = new Set(at.last.map((h) => profileId(port.network, h.nativeId)));
  const missing = await withTenant(ctx.prisma, account.tenantId, (tx) => {
    return tx.$queryRaw<{ id: string; nativeId: string }[]>`
      SELECT p.id, p.native_id AS "nativeId" FROM effects e JOIN profiles p ON p.id = e.profile_id
      WHERE e.tenant_id = ${account.tenantId}::uuid AND e.account_id = ${account.accountId}::uuid
        AND e.action = ${action}::action
        AND (e.state = 'by_hand' OR (e.state = 'applied' AND e.confirmed_at < ${at.startedAt}))
        AND e.profile_id NOT IN (
              SELECT h.profile_id FROM held_by_hand h
              WHERE h.tenant_id = ${account.tenantId}::uuid AND h.account_id = ${account.accountId}::uuid
                AND h.action = ${action}::action AND h.generation = ${at.generation})
      ORDER BY e.profile_id`;
  });
  const unseen = missing.filter(({ id }) => !seen.has(id)).map(({ nativeId }) => nativeId);
  if (unseen.length === 0) return [];
  const asked = unseen.slice(0, MOST);
  const held = unseen.slice(MOST);
  for (let from = 0; from < asked.length; from += port.relationBatch) {
    const batch = asked.slice(from, from + port.relationBatch);
    const answers = await acting.account.relations(batch);
    // Where relations don't tell what is held, the list is all there is.
    if (answers.some((one) => one.held === null)) return [];
    held.push(...answers.filter((one) => one.unfound || one.held?.includes(action)).map((one) => one.nativeId));
  }
  await withTenant(ctx.prisma, account.tenantId, (tx) =>
    spend(tx, accountScope(account.accountId), accountStretch(port.windows), ctx.clock.now(), asked.length),
  );
  return held.map((nativeId) => ({ nativeId, key: null }));
}
