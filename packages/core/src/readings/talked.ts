import { DAY, HOUR, profileId } from '@secateur/base';
import type { Tx } from '@secateur/db';
import type { NetworkPort, Talk } from '@secateur/networks/port';
import { TALKED_FOR } from '../exemptions/policy/index.ts';
import { rememberUnknown } from './held.ts';

type Account = { tenantId: string; accountId: string };

/** What may have been written while the last reading ran, or by a clock that goes otherwise than ours. */
const OVERLAP = HOUR;

/** A preview that nobody raised is no reason to go on reading. */
const PREVIEWED = DAY;

/**
 * Since when posts are to be read: from where the last reading began, or for as long as the rule looks back. Whoever was found
 * then is known still, so a reading costs what was written since, and no more.
 */
export function talkedSince(startedAt: Date, readAt: Date | null): Date {
  const farthest = startedAt.getTime() - TALKED_FOR;
  return new Date(readAt === null ? farthest : Math.max(farthest, readAt.getTime() - OVERLAP));
}

/** Whether a shield goes by whom the account talked with: nothing is read or kept of it otherwise. */
export async function isTalkedWanted(tx: Tx, { tenantId, accountId }: Account, now: Date): Promise<boolean> {
  const rows = await tx.$queryRaw<unknown[]>`
    SELECT 1 FROM shield_connections c JOIN shields s ON s.tenant_id = c.tenant_id AND s.id = c.shield_id
    WHERE c.tenant_id = ${tenantId}::uuid AND c.account_id = ${accountId}::uuid AND s.for_talked <> 'nothing'
      AND (s.state IN ('gathering', 'acting') OR s.state = 'holding' AND c.pending > 0
           -- Somebody joined its crowd, and is planned once this is known.
           OR EXISTS (SELECT FROM keepings k WHERE k.tenant_id = s.tenant_id AND k.shield_id = s.id AND k.waiting = 'people')
           OR s.state = 'preview' AND s.created_at > ${new Date(now.getTime() - PREVIEWED)}::timestamptz)
    LIMIT 1`;
  return rows.length > 0;
}

/** Writes down when each of these was last written to. Of an account that a post names its id is all that is known. */
export async function stageTalked(
  tx: Tx,
  { tenantId, accountId }: Account,
  network: NetworkPort['network'],
  talks: Talk[],
  now: Date,
): Promise<void> {
  if (talks.length === 0) return;
  const latest = new Map<string, Talk>();
  for (const talk of talks) {
    const before = latest.get(talk.nativeId);
    if (before === undefined || before.at < talk.at) latest.set(talk.nativeId, talk);
  }
  const people = [...latest.values()];
  const ids = people.map(({ nativeId }) => profileId(network, nativeId));
  await rememberUnknown(tx, network, people, ids, now);
  // A clock that is ahead of ours would spare somebody for longer than the rule says.
  const at = people.map((one) => new Date(Math.min(one.at.getTime(), now.getTime())).toISOString());
  await tx.$executeRaw`
    INSERT INTO people (tenant_id, account_id, profile_id, follows, followed_by, follows_generation, follower_generation, talked_at)
    SELECT ${tenantId}::uuid, ${accountId}::uuid, t.id, false, false, 0, 0, t.at::timestamptz
    FROM unnest(${ids}::uuid[], ${at}::text[]) AS t (id, at) ORDER BY t.id
    ON CONFLICT (tenant_id, account_id, profile_id) DO UPDATE SET talked_at = greatest(people.talked_at, excluded.talked_at)`;
}

/** Forgets what was said longer ago than the rule looks back. */
export async function finishTalked(tx: Tx, account: Account, now: Date): Promise<void> {
  await forgetUntil(tx, account, new Date(now.getTime() - TALKED_FOR));
}

/** Forgets all of it, and that it was read. */
export async function forgetTalked(tx: Tx, account: Account, now: Date): Promise<void> {
  await forgetUntil(tx, account, now);
  await tx.reading.updateMany({
    where: { ...account, kind: 'talked' },
    data: { wakeAt: null, readAt: null, step: null, cursor: null, problem: null },
  });
}

async function forgetUntil(tx: Tx, { tenantId, accountId }: Account, until: Date): Promise<void> {
  await tx.$executeRaw`
    DELETE FROM people WHERE tenant_id = ${tenantId}::uuid AND account_id = ${accountId}::uuid
      AND talked_at <= ${until}::timestamptz AND NOT follows AND NOT followed_by AND known_by = 0`;
  await tx.$executeRaw`
    UPDATE people SET talked_at = NULL
    WHERE tenant_id = ${tenantId}::uuid AND account_id = ${accountId}::uuid AND talked_at <= ${until}::timestamptz`;
}
