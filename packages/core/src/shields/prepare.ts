import { backoff, MINUTE, type Problem, profileId } from '@secateur/base';
import { type Tx, withTenant } from '@secateur/db';
import type { Action } from '@secateur/networks/port';
import { done, drop, enqueue, type Outcome, snooze } from '@secateur/queue';
import { ensureAudience, rememberProfiles } from '../audiences/index.ts';
import { beginReading, meaningOf, networkOf, passes } from '../connections/index.ts';
import type { WorkerContext } from '../context/index.ts';
import { record } from '../events/index.ts';
import { actionsOf, PEOPLE_FRESH, PROTECTED, type Rules } from '../exemptions/policy/index.ts';
import { bucketsOf } from '../quotas/index.ts';
import { largestCrowd } from '../quotas/policy/index.ts';
import { paying } from '../spending/index.ts';
import { type Seen, seeCrowd } from '../uploads/index.ts';
import { counts } from './crowds.ts';
import { type Found, findSource, isOfAccount, ofSource } from './find-source.ts';
import { countPreviewJob } from './jobs.ts';
import { atMost, mayOverlap } from './policy/index.ts';
import type { SourceInput } from './schemas.ts';

const HELD = { block: 'blocks', mute: 'mutes' } as const;

type Ref = { tenantId: string; shieldId: string };
type Kind = SourceInput['kind'];
/** What became of looking a source up: found, never to be found, or to be tried again. */
type Look = { found: Found } | { problem: Problem; again: Date | null };
type Shield = NonNullable<Awaited<ReturnType<typeof load>>>;
type Row = Shield['sources'][number];

/** Problems of a source that pass: by themselves, when an owner allows more, or when whoever runs this has paid. */
const PASSING: readonly string[] = [
  'network_down',
  'network_limit',
  'network_unpaid',
  'network_capped',
  'network_closed',
  'spending_cap',
  'reading_needed',
] satisfies Problem[];

/**
 * Finds out whom a preview is about, source by source: one that can't be found, or can't be taken (the member's own account,
 * one named twice), says so and keeps none of the others from being listed. Refuses crowds that are too large together, and
 * has the member's own people read if what is known of them is old.
 */
export async function preparePreview(ctx: WorkerContext, ref: Ref): Promise<Outcome> {
  const shield = await withTenant(ctx.prisma, ref.tenantId, (tx) => load(tx, ref));
  if (shield?.state !== 'preview') return drop('no_such_preview');
  const now = ctx.clock.now();
  const open = shield.sources.filter((s) => s.uploadId === null && s.audienceId === null);
  const wanted = open.filter((s) => s.problem === null || PASSING.includes(s.problem));
  const looks = new Map<number, Look>();
  const asked = new Map<string, Promise<Look>>();
  for (const source of wanted) {
    const key = `${source.network} ${isOfAccount(source.kind) ? '' : source.kind} ${source.query}`;
    const asking = asked.get(key) ?? look(ctx, source, shield, now);
    asked.set(key, asking);
    looks.set(source.ordinal, claimedBy(source.kind, await asking));
  }
  const again = [...looks.values()].flatMap((l) => ('again' in l ? (l.again ?? []) : []));
  const next = again.length > 0 ? new Date(Math.min(...again.map((at) => at.getTime()))) : null;
  await withTenant(ctx.prisma, ref.tenantId, (tx) => write(tx, ctx, shield, looks, next, now));
  return next ? snooze('networks_away') : done();
}

async function load(tx: Tx, ref: Ref) {
  return tx.shield.findUnique({
    where: { tenantId_id: { tenantId: ref.tenantId, id: ref.shieldId } },
    include: { sources: { orderBy: { ordinal: 'asc' } }, connections: true },
  });
}

async function look(ctx: WorkerContext, source: Row, { tenantId, tries }: Shield, now: Date): Promise<Look> {
  try {
    const port = networkOf(ctx, source.network);
    const price = isOfAccount(source.kind) ? port.prices.profile : port.prices.located;
    const bill = { tenantId, most: price, cost: () => price };
    return { found: await paying(ctx, bill, () => findSource(port, source)) };
  } catch (error) {
    const meaning = meaningOf(error);
    const problem = ofSource(meaning, source.kind);
    const soon = new Date(now.getTime() + backoff(tries + 1, Math.random()));
    if (passes(error)) return { problem, again: error.until ?? soon };
    // What is raised by an owner wakes it; nobody tells us of the others.
    return { problem, again: problem !== 'spending_cap' && PASSING.includes(problem) ? soon : null };
  }
}

/** An account is looked up once for all crowds around it: how large each is says its profile. */
function claimedBy(kind: Kind, look: Look): Look {
  if (!('found' in look) || !isOfAccount(kind)) return look;
  const claimed = kind === 'account' ? 1 : (look.found.profile?.[kind] ?? null);
  return { found: { ...look.found, claimed } };
}

async function write(
  tx: Tx,
  ctx: WorkerContext,
  shield: Shield,
  looks: Map<number, Look>,
  again: Date | null,
  now: Date,
): Promise<void> {
  const { tenantId, id: shieldId } = shield;
  const sources = await withFound(tx, ctx, shield, looks, now);
  const tooLarge = await isTooLarge(tx, shield, sources, now);
  for (const source of sources) {
    const { ordinal, kind, network, subjectId, subjectRef, claimed, problem, profile, title } = source;
    const taken = problem === null && !tooLarge && source.audienceId === null && source.uploadId === null;
    const { listed, uploadId } = source;
    const crowd = taken && subjectId !== null && kind !== 'file' && kind !== 'shared' && listed === null;
    const audienceId = crowd
      ? await ensureAudience(tx, { network, kind, subjectId, subjectRef }, now)
      : source.audienceId;
    const seen =
      taken && listed !== null ? await seeCrowd(tx, { ...listed, createdBy: shield.createdBy }, now) : uploadId;
    const authorId = profile && !isOfAccount(kind) ? profileId(network, profile.nativeId) : source.authorId;
    await tx.source.update({
      where: { tenantId_shieldId_ordinal: { tenantId, shieldId, ordinal } },
      data: { subjectId, authorId, title, claimed, problem, audienceId, uploadId: seen },
    });
  }
  const several = mayOverlap(sources) && sources.every((s) => s.problem === null);
  await tx.shield.update({
    where: { tenantId_id: { tenantId, id: shieldId } },
    data: {
      problem: tooLarge ? 'crowd_too_large' : null,
      wakeAt: again ?? (several ? new Date(now.getTime() + MINUTE) : null),
      ...(again ? { tries: { increment: 1 } } : {}),
    },
  });
  if (several) await enqueue(tx, countPreviewJob, { tenantId, shieldId });
  for (const { accountId } of shield.connections) await readIfOld(tx, tenantId, accountId, shield, now);
  await record(tx, tenantId, now, [{ kind: 'shield', subjectId: shieldId }]);
}

type Known = Row & {
  subjectRef: string | null;
  profile: Found['profile'];
  /** Of a crowd that only an account may list: by which, and what. */
  listed: Omit<Seen, 'createdBy'> | null;
};

/** The sources with what was found of them, and why one can't be taken. */
async function withFound(
  tx: Tx,
  ctx: WorkerContext,
  shield: Shield,
  looks: Map<number, Look>,
  now: Date,
): Promise<Known[]> {
  const met = new Set<string>();
  const known: Known[] = [];
  for (const source of shield.sources) {
    const look = looks.get(source.ordinal);
    const { network, kind } = source;
    const base = { ...source, subjectRef: null, profile: null, listed: null };
    if (look && 'problem' in look) {
      known.push({ ...base, problem: look.problem });
      continue;
    }
    const found = look?.found;
    if (found?.profile) await rememberProfiles(tx, network, [found.profile], now);
    const listed = found ? await lister(tx, ctx, shield, source, found) : null;
    const problem =
      listed === 'nobody' ? 'reading_needed' : found ? await refused(tx, shield.tenantId, kind, found) : null;
    const row: Known = found ? { ...base, ...found, problem, listed: listed === 'nobody' ? null : listed } : base;
    const crowd = `${kind} ${row.uploadId ?? row.subjectId ?? row.ordinal}`;
    known.push(met.has(crowd) ? { ...row, problem: 'named_twice' } : row);
    met.add(crowd);
  }
  return known;
}

/**
 * By which account of the shield a crowd is listed that strangers are not shown: one that lets us, for a list of its own the one on the
 * same server. Null where strangers may list it, `nobody` where no account lets us.
 */
async function lister(
  tx: Tx,
  ctx: WorkerContext,
  { tenantId, connections }: Shield,
  { kind, network, query }: Row,
  { subjectRef }: Found,
): Promise<Known['listed'] | 'nobody'> {
  if (kind === 'account' || kind === 'file' || kind === 'shared' || subjectRef === null) return null;
  if (networkOf(ctx, network).crowds[kind]?.needs !== 'account') return null;
  const ids = connections.map(({ connectionId }) => connectionId);
  const letting = await tx.connection.findMany({
    where: { tenantId, id: { in: ids }, network, state: 'ready', crowds: { has: kind } },
    orderBy: { createdAt: 'asc' },
  });
  const { host } = new URL(subjectRef);
  const chosen = letting.find(({ handle }) => handle.endsWith(`@${host}`)) ?? letting[0];
  return chosen ? { tenantId, connectionId: chosen.id, network, kind, ref: subjectRef, name: query } : 'nobody';
}

async function refused(tx: Tx, tenantId: string, kind: Kind, { subjectId }: Found): Promise<Problem | null> {
  if (!isOfAccount(kind)) return null;
  if (await tx.networkAccount.findFirst({ where: { tenantId, accountId: subjectId } })) return 'yourself';
  return PROTECTED.includes(subjectId) ? 'protected_account' : null;
}

/** Whether the crowds of one network, as far as their sizes are known, mean more than an account of it may ever have. */
async function isTooLarge(tx: Tx, shield: Shield, sources: Known[], now: Date): Promise<boolean> {
  const { tenantId } = shield;
  const connections = await tx.connection.findMany({
    where: { tenantId, id: { in: shield.connections.map((c) => c.connectionId) } },
    select: { accountId: true, network: true },
  });
  for (const { accountId, network } of connections) {
    if (accountId === null) continue;
    const crowds = sources.filter((s) => s.network === network && counts(s) && s.problem === null);
    const most = atMost(
      crowds.map((s) => s.claimed ?? 0),
      shield.threshold,
    );
    const { tenant, account } = await bucketsOf(tx, { tenantId, accountId }, now);
    if (most > Math.min(largestCrowd(tenant), largestCrowd(account))) return true;
  }
  return false;
}

/**
 * Whether everything that the plan decides by is known: own people read less than 15 minutes ago, and what the account
 * holds read at least once. Wakes readings for what is not.
 */
export async function readIfOld(
  tx: Tx,
  tenantId: string,
  accountId: string,
  shield: Rules & { action: Action },
  now: Date,
): Promise<boolean> {
  const readings = await tx.reading.findMany({ where: { tenantId, accountId } });
  const readAt = (kind: string) => readings.find((r) => r.kind === kind)?.readAt ?? null;
  const people = readAt('people');
  const peopleKnown = people !== null && people.getTime() > now.getTime() - PEOPLE_FRESH;
  if (!peopleKnown) await beginReading(tx, tenantId, accountId, 'people', now);
  // Where that is not told the reading says so, and is as good as new.
  const talked = readAt('talked');
  const talkedKnown =
    shield.forTalked === 'nothing' || (talked !== null && talked.getTime() > now.getTime() - PEOPLE_FRESH);
  if (!talkedKnown) await beginReading(tx, tenantId, accountId, 'talked', now);
  const held = actionsOf(shield, shield.action).map((action) => HELD[action]);
  const unknown = held.filter((kind) => readAt(kind) === null);
  for (const kind of unknown) await beginReading(tx, tenantId, accountId, kind, now);
  return peopleKnown && talkedKnown && unknown.length === 0;
}
