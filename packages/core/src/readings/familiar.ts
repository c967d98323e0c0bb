import { profileId } from '@secateur/base';
import { type Tx, withTenant } from '@secateur/db';
import { NetworkError, type NetworkPort, type NetworkProblem, type PublicProfile } from '@secateur/networks/port';
import { z } from 'zod';
import type { WorkerContext } from '../context/index.ts';
import { FAMILIAR } from '../exemptions/policy/index.ts';
import type { Row } from './page.ts';

type Account = { tenantId: string; accountId: string };

/** Whom of those whom the account follows is being asked, how far, how many were before, and how many of all these answered. */
const markSchema = z.object({
  friend: z.object({ id: z.uuid(), nativeId: z.string() }),
  at: z.string().nullable(),
  page: z.int().min(0),
  asked: z.int().min(0),
  answered: z.int().min(0),
});
type Mark = z.output<typeof markSchema>;
type Page = { profiles: PublicProfile[]; cursor: string | null; untold: boolean; answered: number };

/** Times that somebody's server which is away is asked: a minute in all, after which it is none of ours any more. */
const TRIES = 5;
const PASSING: readonly NetworkProblem[] = ['down', 'untyped'];

/** Before the first id. */
const NO_ID = '00000000-0000-0000-0000-000000000000';

/**
 * The next page of whom somebody follows whom the account follows: public lists, for which nobody's rights are needed. At most
 * FAMILIAR.asked of them are asked, in the order of their ids, which has to do with nothing; at most FAMILIAR.pages each. Who can't be
 * asked is passed over and not counted among those who `answered`. `tries`: how often this page was asked for in vain.
 */
export async function nextFamiliar(
  ctx: WorkerContext,
  account: Account,
  port: NetworkPort,
  { cursor, tries }: Pick<Row, 'cursor' | 'tries'>,
): Promise<Page> {
  if (port.crowds.following?.needs !== 'nobody' || port.prices.crowd.following > 0)
    return { profiles: [], cursor: null, untold: true, answered: 0 };
  const none = { asked: 0, answered: 0 };
  const mark = cursor === null ? await friendAfter(ctx, account, NO_ID, none) : markSchema.parse(JSON.parse(cursor));
  if (mark === null) return { profiles: [], cursor: null, untold: false, answered: 0 };
  const page = await following(port, mark, tries);
  const asked = mark.asked + 1;
  const answered = mark.answered + (page !== null && mark.page === 0 ? 1 : 0);
  const at = page?.cursor ?? null;
  const more = at !== null && mark.page + 1 < FAMILIAR.pages;
  const next = more
    ? { ...mark, at, page: mark.page + 1, answered }
    : asked < FAMILIAR.asked
      ? await friendAfter(ctx, account, mark.friend.id, { asked, answered })
      : null;
  return { profiles: page?.items ?? [], cursor: next && JSON.stringify(next), untold: false, answered };
}

async function friendAfter(
  ctx: WorkerContext,
  { tenantId, accountId }: Account,
  after: string,
  soFar: Pick<Mark, 'asked' | 'answered'>,
): Promise<Mark | null> {
  const [friend] = await withTenant(
    ctx.prisma,
    tenantId,
    (tx) =>
      tx.$queryRaw<Mark['friend'][]>`
      SELECT p.id, p.native_id AS "nativeId" FROM people o JOIN profiles p ON p.id = o.profile_id
      WHERE o.tenant_id = ${tenantId}::uuid AND o.account_id = ${accountId}::uuid AND o.follows AND o.profile_id > ${after}::uuid
      ORDER BY o.profile_id LIMIT 1`,
  );
  return friend ? { friend, at: null, page: 0, ...soFar } : null;
}

/**
 * Null for whoever is gone, hides the list or lives on a server that is still away when it was asked often enough. Throws for what is to
 * be tried again: a limit of ours, and a server or a network that is away.
 */
async function following(port: NetworkPort, { friend, at }: Mark, tries: number) {
  try {
    return await port.crowd('following', friend.nativeId, at);
  } catch (error) {
    if (!(error instanceof NetworkError) || error.problem === 'limited') throw error;
    if (PASSING.includes(error.problem) && tries + 1 < TRIES) throw error;
    return null;
  }
}

/** Counts each of a page once more; `first` forgets what was counted before. */
export async function stageFamiliar(
  tx: Tx,
  { tenantId, accountId }: Account,
  network: NetworkPort['network'],
  profiles: PublicProfile[],
  first: boolean,
): Promise<void> {
  if (first) await forgetCounts(tx, { tenantId, accountId }, Number.MAX_SAFE_INTEGER);
  if (profiles.length === 0) return;
  const ids = profiles.map(({ nativeId }) => profileId(network, nativeId));
  await tx.$executeRaw`
    INSERT INTO people (tenant_id, account_id, profile_id, follows, followed_by, follows_generation, follower_generation, known_by)
    SELECT DISTINCT ${tenantId}::uuid, ${accountId}::uuid, id, false, false, 0, 0, 1 FROM unnest(${ids}::uuid[]) AS id ORDER BY 3
    ON CONFLICT (tenant_id, account_id, profile_id) DO UPDATE SET known_by = people.known_by + 1`;
}

/** Whether what was counted is as old as it may become; asking for it anew takes away when it was read. */
export async function isFamiliarOver(tx: Tx, account: Account, now: Date): Promise<boolean> {
  const reading = await tx.reading.findUnique({ where: { tenantId_accountId_kind: { ...account, kind: 'familiar' } } });
  const { step, readAt } = reading ?? { step: null, readAt: null };
  return step === null && readAt !== null && readAt.getTime() <= now.getTime() - FAMILIAR.kept;
}

/** Keeps only those whom many follow. */
export async function finishFamiliar(tx: Tx, account: Account): Promise<void> {
  await forgetCounts(tx, account, FAMILIAR.many);
}

/** Forgets all of it, and that it was read. */
export async function forgetFamiliar(tx: Tx, account: Account): Promise<void> {
  await forgetCounts(tx, account, Number.MAX_SAFE_INTEGER);
  await tx.reading.updateMany({
    where: { ...account, kind: 'familiar' },
    data: { wakeAt: null, readAt: null, step: null, cursor: null, problem: null, answered: null },
  });
}

/** Forgets the counts below this one. */
async function forgetCounts(tx: Tx, { tenantId, accountId }: Account, below: number): Promise<void> {
  await tx.$executeRaw`
    DELETE FROM people WHERE tenant_id = ${tenantId}::uuid AND account_id = ${accountId}::uuid
      AND known_by > 0 AND known_by < ${below}::bigint AND NOT follows AND NOT followed_by AND talked_at IS NULL`;
  await tx.$executeRaw`
    UPDATE people SET known_by = 0
    WHERE tenant_id = ${tenantId}::uuid AND account_id = ${accountId}::uuid AND known_by > 0 AND known_by < ${below}::bigint`;
}
