import { backoff, DAY, MINUTE, type Problem, profileId } from '@secateur/base';
import { type Tx, withTenant } from '@secateur/db';
import { NetworkError } from '@secateur/networks/port';
import { done, drop, enqueue, type Outcome, snooze } from '@secateur/queue';
import { rememberProfiles } from '../audiences/index.ts';
import { type Acting, actingFor, markRevoked, meaningOf } from '../connections/index.ts';
import { readOwnJob, UNTOLD } from '../connections/jobs.ts';
import type { WorkerContext } from '../context/index.ts';
import { lockRunning, wakeAccounts } from '../effects/index.ts';
import { FAMILIAR } from '../exemptions/policy/index.ts';
import { keepUpJob, planShieldJob } from '../shields/jobs.ts';
import { paying } from '../spending/index.ts';
import { finishFamiliar, stageFamiliar } from './familiar.ts';
import { freePage, isForgotten, tellPreviews } from './free.ts';
import { finishHeld, stageHeld } from './held.ts';
import { isFree, NOBODY, type Page, type Paid, type ReadRef, type Row } from './page.ts';
import { finishPeople, stagePeople } from './people.ts';
import { finishTalked, stageTalked } from './talked.ts';
import { heldUnseen } from './unseen.ts';

/** Milliseconds that one turn reads before it lets others have theirs. */
const TURN = 1_000;
const FIRST = { people: 'following', talked: 'posts', familiar: 'friends', blocks: 'held', mutes: 'held' } as const;

/**
 * Reads on in one of an account's own lists, from where the last turn stopped, and commits as it goes. When the list is
 * read to its end, what the reading before it knew and this one did not see is dropped.
 */
export async function readOwn(ctx: WorkerContext, ref: ReadRef): Promise<Outcome> {
  const begun = await begin(ctx, ref);
  if (!begun) return drop('nothing_to_read');
  let acting: Acting;
  try {
    acting = await actingFor(ctx, ref.tenantId, begun.connectionId);
  } catch (error) {
    return fail(ctx, ref, begun.connectionId, error);
  }
  if (begun.row.cursor === null && ref.kind === 'blocks') await markStart(ctx, ref, acting);
  const until = performance.now() + TURN;
  let at = begun.row;
  while (performance.now() < until) {
    const step = at.step;
    if (step === null) return done();
    let page: Page;
    try {
      page = await withUnseen(ctx, ref, acting, at, await payingPage(ctx, acting, ref, step, at));
    } catch (error) {
      return fail(ctx, ref, begun.connectionId, error);
    }
    const next = await withTenant(ctx.prisma, ref.tenantId, (tx) => advance(tx, ctx, ref, acting, at, page));
    if (next === null) return drop('another_reader_went_on');
    at = next;
  }
  await withTenant(ctx.prisma, ref.tenantId, (tx) => enqueue(tx, readOwnJob, ref));
  return snooze('turn_over');
}

async function begin(ctx: WorkerContext, ref: ReadRef): Promise<{ row: Row; connectionId: string } | null> {
  const now = ctx.clock.now();
  return withTenant(ctx.prisma, ref.tenantId, async (tx) => {
    const account = await tx.networkAccount.findUnique({
      where: { tenantId_accountId: { tenantId: ref.tenantId, accountId: ref.accountId } },
    });
    if (!account) return null;
    if (await isForgotten(tx, ref, now)) return null;
    const first = FIRST[ref.kind];
    const [row] = await tx.$queryRaw<Row[]>`
      UPDATE readings SET wake_at = ${new Date(now.getTime() + MINUTE)},
             started_at = CASE WHEN step IS NULL THEN ${now}::timestamptz ELSE started_at END,
             cursor = CASE WHEN step IS NULL THEN NULL ELSE cursor END,
             step = coalesce(step, ${first}::text)
      WHERE tenant_id = ${ref.tenantId}::uuid AND account_id = ${ref.accountId}::uuid AND kind = ${ref.kind}::reading_kind
        AND wake_at IS NOT NULL
      RETURNING generation, step, cursor, started_at AS "startedAt", read_at AS "readAt", tries, ${account.epoch}::int AS epoch,
        problem IS NOT DISTINCT FROM ${UNTOLD} AS "wasUntold"`;
    return row ? { row, connectionId: account.connectionId } : null;
  });
}

/** What is made by hand while the first reading runs has a later key than this: the act job looks there. */
async function markStart(ctx: WorkerContext, ref: ReadRef, acting: Acting): Promise<void> {
  const mark = acting.port.keyAt(new Date());
  await withTenant(ctx.prisma, ref.tenantId, (tx) =>
    tx.networkAccount.updateMany({
      where: { tenantId: ref.tenantId, accountId: ref.accountId, heldMark: null },
      data: { heldMark: mark },
    }),
  );
}

/** A page that costs money is paid for by whose account it is. */
async function payingPage(ctx: WorkerContext, acting: Acting, ref: ReadRef, step: string, at: Row): Promise<Page> {
  const { tenantId, kind } = ref;
  if (isFree(kind)) return freePage(ctx, acting, ref, kind, at);
  const { prices, pages } = acting.port;
  const price = kind === 'people' ? prices.own : prices.held[kind === 'blocks' ? 'block' : 'mute'];
  const most = price * (kind === 'people' ? pages.own : pages.held);
  const cost = (page: Page) => price * (page.profiles.length + page.held.length);
  return paying(ctx, { tenantId, most, cost }, () => fetchPage(acting, kind, step, at));
}

async function fetchPage(acting: Acting, kind: Paid, step: string, { cursor }: Row): Promise<Page> {
  const { account } = acting;
  if (kind === 'people') {
    const page = await (step === 'following' ? account.following(cursor) : account.followers(cursor));
    return { ...NOBODY, profiles: page.items, cursor: page.cursor, untold: false };
  }
  const page = await account.held(kind === 'blocks' ? 'block' : 'mute', { cursor });
  return { ...NOBODY, held: page.items, cursor: page.cursor, untold: page.untold ?? false };
}

/** The last page of a list without keys, with those on it whom the list does not show. */
async function withUnseen(ctx: WorkerContext, ref: ReadRef, acting: Acting, at: Row, page: Page): Promise<Page> {
  if (ref.kind === 'people' || isFree(ref.kind)) return page;
  if (page.cursor !== null || page.untold || at.startedAt === null) return page;
  const action = ref.kind === 'blocks' ? 'block' : 'mute';
  const { abilities, prices } = acting.port;
  // Nobody pays for a list and then for what it may have left out.
  if (abilities[action]?.keyed !== false || prices.held[action] > 0) return page;
  const reading = { generation: at.generation + 1, startedAt: at.startedAt, last: page.held };
  return { ...page, held: [...page.held, ...(await heldUnseen(ctx, ref, acting, action, reading))] };
}

/** Stores a page and where to go on. Null when another reader stored something in the meantime. */
async function advance(
  tx: Tx,
  ctx: WorkerContext,
  ref: ReadRef,
  acting: Acting,
  at: Row,
  page: Page,
): Promise<Row | null> {
  const now = ctx.clock.now();
  const account = { tenantId: ref.tenantId, accountId: ref.accountId };
  const generation = at.generation + 1;
  const network = acting.port.network;
  if (ref.kind === 'people') {
    await rememberProfiles(tx, network, page.profiles, now);
    const ids = page.profiles.map((p) => profileId(network, p.nativeId));
    await stagePeople(tx, ref, at.step === 'following' ? 'follows' : 'followed_by', ids, generation);
  } else if (ref.kind === 'talked') {
    await stageTalked(tx, ref, network, page.talks, now);
  } else if (ref.kind !== 'familiar') {
    await lockRunning(tx, ref.tenantId, [ref.accountId]);
    const action = ref.kind === 'blocks' ? 'block' : 'mute';
    await stageHeld(tx, ref, action, network, page.held, { generation, since: at.epoch }, now);
  }
  const step = page.cursor !== null ? at.step : ref.kind === 'people' && at.step === 'following' ? 'followers' : null;
  const complete = step === null;
  // What the last reading was not told stands until this one is complete: it has to go back as far as the rule does.
  const untold = isFree(ref.kind) && (page.untold || (step !== null && at.wasUntold)) ? UNTOLD : null;
  const rest = ref.kind === 'people' ? null : ref.kind === 'familiar' ? FAMILIAR.kept : DAY;
  const [row] = await tx.$queryRaw<Row[]>`
    UPDATE readings SET step = ${step}::text, cursor = ${page.cursor}::text, tries = 0, problem = ${untold}, answered = ${page.answered},
           generation = ${complete ? generation : at.generation}::int,
           read_at = CASE WHEN ${complete}::boolean THEN started_at ELSE read_at END,
           wake_at = CASE WHEN ${complete}::boolean THEN ${rest && new Date(now.getTime() + rest)}::timestamptz ELSE wake_at END
    WHERE tenant_id = ${ref.tenantId}::uuid AND account_id = ${ref.accountId}::uuid AND kind = ${ref.kind}::reading_kind
      AND generation = ${at.generation} AND step = ${at.step} AND cursor IS NOT DISTINCT FROM ${at.cursor}::text
    RETURNING generation, step, cursor, started_at AS "startedAt", read_at AS "readAt", tries, problem IS NOT DISTINCT FROM ${UNTOLD} AS "wasUntold",
      (SELECT epoch FROM network_accounts n WHERE n.tenant_id = readings.tenant_id AND n.account_id = readings.account_id) AS epoch`;
  if (!row) return null;
  // Only now: a page that somebody else took would be counted twice.
  if (ref.kind === 'familiar') await stageFamiliar(tx, account, network, page.profiles, at.cursor === null);
  if (complete && at.startedAt) {
    if (ref.kind === 'people') await finishPeople(tx, ref, generation);
    else if (ref.kind === 'talked') {
      await finishTalked(tx, ref, now);
      // Whoever was about to write waits for it.
      await wakeAccounts(tx, ref.tenantId, [ref.accountId], now);
    } else if (ref.kind === 'familiar') {
      await finishFamiliar(tx, account);
    } else if (!page.untold)
      await finishHeld(tx, ref, ref.kind === 'blocks' ? 'block' : 'mute', generation, at.startedAt, now);
    await tellPreviews(tx, ref, now);
    for (const { id, state } of await waitingShields(tx, ref)) {
      await enqueue(tx, state === 'gathering' ? planShieldJob : keepUpJob, { tenantId: ref.tenantId, shieldId: id });
    }
  }
  return row;
}

/** Shields of this account that may wait for the reading. */
async function waitingShields(tx: Tx, ref: ReadRef): Promise<{ id: string; state: string }[]> {
  return tx.$queryRaw<{ id: string; state: string }[]>`
    SELECT s.id, s.state::text AS state
    FROM shield_connections sc JOIN shields s ON s.tenant_id = sc.tenant_id AND s.id = sc.shield_id
    LEFT JOIN keepings k ON k.tenant_id = s.tenant_id AND k.shield_id = s.id
    WHERE sc.tenant_id = ${ref.tenantId}::uuid AND sc.account_id = ${ref.accountId}::uuid
      AND (s.state = 'gathering' OR k.waiting = 'people')`;
}

/** What says that the account itself can't be acted for any more. */
const ENDS: readonly Problem[] = ['connection_revoked', 'deactivated_account', 'suspended_account'];

/** Whether we were let in for what this reading is about: then an answer that we are not says that something was taken back. */
async function isAllowed(ctx: WorkerContext, { tenantId, kind }: ReadRef, connectionId: string): Promise<boolean> {
  if (kind === 'people' || isFree(kind)) return true;
  const row = await withTenant(ctx.prisma, tenantId, (tx) =>
    tx.connection.findUnique({ where: { tenantId_id: { tenantId, id: connectionId } }, select: { rights: true } }),
  );
  return row?.rights.includes(kind === 'blocks' ? 'block' : 'mute') ?? false;
}

async function fail(ctx: WorkerContext, ref: ReadRef, connectionId: string, error: unknown): Promise<Outcome> {
  const problem = meaningOf(error);
  if (ENDS.includes(problem) || (problem === 'declined' && (await isAllowed(ctx, ref, connectionId)))) {
    await markRevoked(ctx, ref.tenantId, connectionId, problem);
  }
  // A month's cap may be raised at any time.
  const until = error instanceof NetworkError && error.problem !== 'capped' ? error.until : null;
  await withTenant(ctx.prisma, ref.tenantId, async (tx) => {
    const [row] = await tx.$queryRaw<{ tries: number }[]>`
      UPDATE readings SET tries = tries + 1, problem = ${problem}
      WHERE tenant_id = ${ref.tenantId}::uuid AND account_id = ${ref.accountId}::uuid AND kind = ${ref.kind}::reading_kind
      RETURNING tries`;
    const at = until ?? new Date(ctx.clock.now().getTime() + backoff(row?.tries ?? 1, Math.random()));
    await tx.$executeRaw`
      UPDATE readings SET wake_at = ${at}
      WHERE tenant_id = ${ref.tenantId}::uuid AND account_id = ${ref.accountId}::uuid AND kind = ${ref.kind}::reading_kind`;
  });
  return snooze(problem);
}
