import { Refusal } from '@secateur/base';
import { type Tx, withTenant } from '@secateur/db';
import { auditMember } from '../audit/index.ts';
import { beginReading } from '../connections/index.ts';
import type { MemberContext } from '../context/index.ts';
import { PEOPLE_FRESH } from '../exemptions/policy/index.ts';
import { demand } from '../tenants/index.ts';
import { counts, crowdsOf } from './crowds.ts';
import { overlap } from './overlap.ts';
import { permit } from './permit.ts';
import { type Listed, WRITTEN } from './policy/list-forms.ts';
import { preparedInput } from './schemas.ts';

/** A list as a file. */
export type PreparedFile = { name: string; type: string; chunks: AsyncGenerator<string> };

/** The largest crowd that is written down: an extension works for days on so many, and rules by profile details reach no further. */
const MOST = 50_000;
/** People in one chunk of the file. */
const CHUNK = 1_000;

/**
 * Whom a preview means on X, without those whom it spares or weakens, as a file for an extension in the member's own browser: for people
 * whose access lets Secateur do less than they need. Throws the Refusals `not_supported` where no account is on X, `not_ready` while the
 * crowd or the member's own people are not wholly known, `crowd_too_large`. Own people that were read too long ago are read anew: who asks
 * again in a minute is not told the same again.
 */
export async function takePreparedList(ctx: MemberContext, raw: unknown): Promise<PreparedFile> {
  demand(ctx, 'export');
  const { id, form } = preparedInput.parse(raw);
  const { tenantId } = ctx.actor;
  const people = await withTenant(ctx.prisma, tenantId, async (tx) => {
    await permit(tx, ctx, id, 'prepare');
    const listed = await meantOnX(tx, ctx, id);
    if (listed !== null) await auditMember(tx, ctx, { action: 'preview.taken', subjectId: id, count: listed.length });
    return listed;
  });
  if (people === null) throw new Refusal('not_ready');
  const { name, type, lines } = WRITTEN[form];
  return { name, type, chunks: inChunks(lines(people)) };
}

/** Null where own people have to be read first. */
async function meantOnX(tx: Tx, { actor: { tenantId }, clock }: MemberContext, id: string): Promise<Listed[] | null> {
  const now = clock.now();
  const shield = await tx.shield.findUnique({
    where: { tenantId_id: { tenantId, id } },
    include: { sources: { orderBy: { ordinal: 'asc' } }, connections: true },
  });
  if (shield?.state !== 'preview') throw new Refusal('not_found');
  const accounts = await tx.connection.findMany({
    where: { tenantId, id: { in: shield.connections.map((c) => c.connectionId) }, network: 'x' },
    select: { accountId: true },
  });
  const accountIds = accounts.flatMap(({ accountId }) => accountId ?? []);
  if (accountIds.length === 0) throw new Refusal('not_supported');
  const sources = shield.sources.filter((source) => source.network === 'x');
  const crowds = await crowdsOf(tx, tenantId, sources);
  if (crowds.length < sources.length || crowds.some((crowd) => !crowd.complete || crowd.problem !== null))
    throw new Refusal('not_ready');
  const since = new Date(now.getTime() - PEOPLE_FRESH);
  const read = await tx.reading.findMany({
    where: { tenantId, accountId: { in: accountIds }, kind: 'people', readAt: { gt: since } },
    select: { accountId: true },
  });
  const stale = accountIds.filter((accountId) => !read.some((one) => one.accountId === accountId));
  for (const accountId of stale) await beginReading(tx, tenantId, accountId, 'people', now);
  if (stale.length > 0) return null;
  const left: string[] = [];
  for (const accountId of accountIds) {
    // The extension blocks, whatever Secateur itself was to do.
    const { spared, weakened } = await overlap(tx, { ...shield, action: 'block' }, { accountId, network: 'x' }, now);
    left.push(...[...spared, ...weakened].map((person) => person.profileId));
  }
  const counted = crowds.filter((crowd) => counts(crowd.source)).map((crowd) => crowd.id);
  const named = sources.flatMap((source) => (counts(source) ? [] : (source.subjectId ?? [])));
  const people = await tx.$queryRaw<Listed[]>`
    SELECT p.native_id AS "nativeId", p.handle, p.display_name AS "displayName"
    FROM (SELECT m.profile_id AS id FROM crowd_members m WHERE m.crowd_id = ANY(${counted}::uuid[])
          GROUP BY m.profile_id HAVING count(DISTINCT m.crowd_id) >= ${shield.threshold}::int
          UNION SELECT unnest(${named}::uuid[])) c
    JOIN profiles p ON p.id = c.id
    WHERE NOT c.id = ANY(${left}::uuid[]) ORDER BY p.id LIMIT ${MOST + 1}`;
  if (people.length > MOST) throw new Refusal('crowd_too_large');
  return people;
}

async function* inChunks(lines: Iterable<string>): AsyncGenerator<string> {
  let chunk: string[] = [];
  for (const line of lines) {
    chunk.push(line);
    if (chunk.length < CHUNK) continue;
    yield chunk.join('');
    chunk = [];
  }
  yield chunk.join('');
}
