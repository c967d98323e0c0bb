import { newId } from '@secateur/base';
import { withTenant } from '@secateur/db';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { auditMember, auditOperator } from '../audit/index.ts';
import type { MemberContext } from '../context/index.ts';
import { mayLearn } from '../events/index.ts';
import { readWhole } from '../exports/fixtures/read-whole.ts';
import { openTrailWorld, type TrailWorld } from './fixtures/trail-world.ts';
import { countNewer, exportTrail, readTrail } from './index.ts';
import type { TrailEntry, TrailPlace } from './schemas.ts';
import { findRows } from './store.ts';

let world: TrailWorld;
let owner: MemberContext;
const ALL = { actorKind: null, group: null, from: null, to: null };
beforeAll(async () => {
  world = await openTrailWorld();
  owner = await world.join();
});
afterAll(() => world.close());

const fresh = () => world.join();
const read = async (member: MemberContext, more: object = {}) =>
  (await readTrail(member, { ...ALL, before: null, ...more })).items;

async function exported(member: MemberContext, format: 'csv' | 'json'): Promise<string> {
  const file = await exportTrail(member, { ...ALL, format });
  let text = '';
  for await (const chunk of file.chunks) text += chunk;
  return text;
}

async function profile(handle: string): Promise<string> {
  const id = newId();
  await world.ask(
    `INSERT INTO profiles (id, network, native_id, handle, seen_at) VALUES ($1, 'bluesky', $2, $3, now())`,
    [id, `did:plc:${id}`, handle],
  );
  return id;
}

test('a tenant reads what was done in it, newest first, with what things are called now', async () => {
  const member = await fresh();
  const { tenantId } = member.actor;
  const shieldId = newId();
  await world.ask(
    `INSERT INTO shields (tenant_id, id, created_by, created_at, state, action, for_follows, for_followers, for_mutuals)
     VALUES ($1, $2, $3, now(), 'holding', 'block', 'spare', 'spare', 'spare')`,
    [tenantId, shieldId, member.actor.userId],
  );
  await world.ask(
    `INSERT INTO sources (tenant_id, shield_id, ordinal, kind, network, query, subject_id) VALUES ($1, $2, 0, 'account', 'bluesky', 'x', $3)`,
    [tenantId, shieldId, await profile('rude.test')],
  );
  await world.did(member, { action: 'shield.raised', subjectId: shieldId });
  await world.did(member, { action: 'exemption.added', subjectId: await profile('friend.test') });
  await world.jobDid(tenantId, { action: 'effects.moved', subjectId: await profile('me.test'), count: 50 });
  await world.did(member, { action: 'member.joined', subjectId: member.actor.userId });
  const email = `${member.actor.userId}@example.test`;
  expect(await read(member)).toMatchObject([
    { action: 'member.joined', subjectName: email, isYou: true, actorName: email },
    { action: 'effects.moved', subjectName: 'me.test', actorKind: 'system', actorName: null, count: 50, isYou: false },
    { action: 'exemption.added', subjectName: 'friend.test', actorKind: 'member', about: 'profile' },
    { action: 'shield.raised', subjectName: 'rude.test', about: 'shield', subjectId: shieldId },
  ]);
});

test('of who has left a tenant it sees the name’s beginning, and nothing of what they are called since', async () => {
  const member = await fresh();
  const { tenantId } = member.actor;
  const { actor } = await fresh();
  const guest = { ...member, actor: { ...member.actor, userId: actor.userId } };
  await world.ask(`INSERT INTO members (tenant_id, user_id, role, joined_at) VALUES ($1, $2, 'viewer', now())`, [
    tenantId,
    actor.userId,
  ]);
  await world.did(guest, { action: 'member.left', subjectId: actor.userId });
  const rename = (email: string) => world.ask('UPDATE users SET email = $2 WHERE id = $1', [actor.userId, email]);
  await rename('sam@example.test');
  expect(await read(member)).toMatchObject([{ actorName: 'sam@example.test', subjectName: 'sam@example.test' }]);
  await world.ask('DELETE FROM members WHERE tenant_id = $1 AND user_id = $2', [tenantId, actor.userId]);
  await rename('sam@safe.test');
  expect(await read(member)).toMatchObject([{ actorName: 'sa…', subjectName: 'sa…' }]);
  const taken = await readWhole(member, 'json');
  expect([taken.includes('sa…'), taken.includes('safe.test')]).toEqual([true, false]);
});

test('a tenant sees every look that our staff took, and not who of us it was', async () => {
  const operatorId = newId();
  const { tenantId } = owner.actor;
  await withTenant(owner.prisma, tenantId, (tx) =>
    auditOperator(tx, { tenantId, operatorId, now: new Date() }, { action: 'staff.looked', subjectId: tenantId }),
  );
  const looks = await read(owner, { actorKind: 'operator' });
  expect(looks).toMatchObject([{ action: 'staff.looked', actorKind: 'operator', actorName: null, isYou: false }]);
  expect(JSON.stringify(looks)).not.toContain(operatorId);
});

test('what a helper does is said to be a helper’s', async () => {
  const helper = { ...owner, actor: { ...owner.actor, role: 'helper' as const } };
  await withTenant(owner.prisma, owner.actor.tenantId, (tx) =>
    auditMember(tx, helper, { action: 'shield.paused', subjectId: newId() }),
  );
  expect(await read(owner, { actorKind: 'helper' })).toMatchObject([{ action: 'shield.paused', actorKind: 'helper' }]);
});

test('the filter leaves out the rest', async () => {
  const member = await fresh();
  await world.did(member, { action: 'shield.raised', subjectId: newId() });
  await world.did(member, { action: 'connection.requested', subjectId: newId() });
  await world.jobDid(member.actor.tenantId, { action: 'shield.planned', subjectId: newId() });
  const actions = async (more: object) => (await read(member, more)).map((entry) => entry.action);
  expect(await actions({ group: 'accounts' })).toEqual(['connection.requested']);
  expect(await actions({ group: 'shields' })).toEqual(['shield.planned', 'shield.raised']);
  expect(await actions({ group: 'shields', actorKind: 'member' })).toEqual(['shield.raised']);
  const now = member.clock.now();
  expect(await actions({ from: now })).toHaveLength(3);
  expect(await actions({ to: now })).toEqual([]);
});

test('pages follow each other without a gap and without a repetition', async () => {
  const member = await fresh();
  for (let n = 1; n <= 120; n += 1)
    await world.jobDid(member.actor.tenantId, { action: 'effects.moved', subjectId: null, count: n });
  const seen: TrailEntry[] = [];
  let before: TrailPlace | null = null;
  do {
    const page: Awaited<ReturnType<typeof readTrail>> = await readTrail(member, { ...ALL, before });
    seen.push(...page.items);
    before = page.next;
  } while (before !== null);
  expect(seen.map((entry) => entry.count)).toEqual(Array.from({ length: 120 }, (_, i) => 120 - i));
});

test('nobody reads another tenant’s trail', async () => {
  const stranger = await fresh();
  expect(await read(stranger)).toEqual([]);
  expect(await exported(stranger, 'json')).not.toContain(owner.actor.userId);
});

test.for(['helper', 'viewer'] as const)('a %s neither reads nor takes it', async (role) => {
  const member = await world.join(role);
  await expect(read(member)).rejects.toMatchObject({ problem: 'not_allowed' });
  await expect(exportTrail(member, { ...ALL, format: 'csv' })).rejects.toMatchObject({ problem: 'not_allowed' });
});

test('taking the trail is written down, and stands in what is taken', async () => {
  const member = await fresh();
  const entries: TrailEntry[] = JSON.parse(await exported(member, 'json'));
  expect(entries).toMatchObject([{ action: 'trail.exported', isYou: true }]);
});

test('a file holds everything, however many pages that are', async () => {
  const member = await fresh();
  for (let n = 1; n <= 510; n += 1)
    await world.jobDid(member.actor.tenantId, { action: 'effects.moved', subjectId: null, count: n });
  expect(JSON.parse(await exported(member, 'json'))).toHaveLength(511);
  const lines = (await exported(member, 'csv')).trimEnd().split('\r\n');
  expect(lines).toHaveLength(513);
  expect(lines[0]).toBe('at,actorKind,actorName,action,about,subjectName,subjectId,count,id');
  expect(new Set(lines).size).toBe(513);
});

test.for([
  ['=HYPERLINK("https://x.test")', `"'=HYPERLINK(""https://x.test"")"`],
  ['+1', `'+1`],
  ['-1', `'-1`],
  ['@SUM(A1)', `'@SUM(A1)`],
  ['\tx', `'\tx`],
  ['a,b "c"', '"a,b ""c"""'],
  ['two\nlines', '"two\nlines"'],
])('a name like %j is a text in every spreadsheet', async ([name = '', expected]) => {
  const member = await fresh();
  await world.ask('UPDATE users SET name = $2 WHERE id = $1', [member.actor.userId, name]);
  expect(await exported(member, 'csv')).toContain(`,member,${expected},trail.exported,`);
});

/** Rows of the trail that a statement reads, as the database itself counts them. */
function rowsRead(plan: Plan): number {
  const own = plan['Relation Name'] === 'audit' ? plan['Actual Rows'] * plan['Actual Loops'] : 0;
  const dropped = plan['Relation Name'] === 'audit' ? (plan['Rows Removed by Filter'] ?? 0) * plan['Actual Loops'] : 0;
  return (plan.Plans ?? []).reduce((sum, part) => sum + rowsRead(part), own + dropped);
}
type Plan = {
  'Relation Name'?: string;
  'Actual Rows': number;
  'Actual Loops': number;
  'Rows Removed by Filter'?: number;
  Plans?: Plan[];
};

describe('in a long trail', () => {
  const long = 30_000;
  const old = new Date('2026-11-01T00:00:00Z');
  let member: MemberContext;
  beforeAll(async () => {
    member = await fresh();
    // A minute between two rows, most of them a worker's; what a member did for people they spare is far back.
    await world.ask(
      `INSERT INTO audit (tenant_id, id, at, actor_kind, action, xid)
       SELECT $1, gen_random_uuid(), $2::timestamptz + n * interval '1 minute', CASE WHEN n < 60 THEN 'member' ELSE 'system' END,
              CASE WHEN n < 60 THEN 'exemption.added' ELSE 'effects.moved' END, n + 1
       FROM generate_series(0, $3::int - 1) n`,
      [member.actor.tenantId, old, long],
    );
    await world.ask('ANALYZE audit');
  });
  const minutes = (n: number) => new Date(old.getTime() + n * 60_000);

  test.for([
    ['all of it', {}, 51],
    ['what somebody did', { actorKind: 'member' }, 51],
    ['what was done to something', { group: 'people' }, 51],
    ['both', { actorKind: 'member', group: 'people' }, 51],
    ['what nobody did', { actorKind: 'operator' }, 0],
    ['a period long ago', { from: minutes(100), to: minutes(120) }, 20],
    ['until long ago', { to: minutes(1_000) }, 51],
    ['what somebody did in a period', { actorKind: 'system', from: minutes(10_000), to: minutes(10_010) }, 10],
    ['what was done to something until long ago', { group: 'shields', to: minutes(200) }, 51],
  ] as const)('a page of %s costs a page', async ([, filter, rows]) => {
    let read = 0;
    await withTenant(member.prisma, member.actor.tenantId, async (tx) => {
      const explaining = new Proxy(tx, {
        get: (target, key) =>
          key === '$queryRaw'
            ? async (words: TemplateStringsArray, ...values: unknown[]) => {
                const text = words.reduce((query, word, i) => `${query}$${i}${word}`);
                const plans = await tx.$queryRawUnsafe<{ 'QUERY PLAN': { Plan: Plan }[] }[]>(
                  `EXPLAIN (ANALYZE, FORMAT JSON) ${text}`,
                  ...values,
                );
                for (const { Plan } of plans[0]?.['QUERY PLAN'] ?? []) read += rowsRead(Plan);
                return tx.$queryRaw(words, ...values);
              }
            : Reflect.get(target, key, target),
      });
      expect(await findRows(explaining, member.actor.tenantId, { ...ALL, ...filter }, null, 51)).toHaveLength(rows);
    });
    // Once to find them, once for what they say, and once for rows of others in the same transactions. Averages are rounded.
    expect(read).toBeLessThanOrEqual(3 * rows + 1);
  });

  test('what is newer than what is shown is counted, up to many', async () => {
    const newest = (n: number) =>
      world.ask<{ at: Date; xid: string; id: string }>(
        'SELECT at, xid::text AS xid, id::text AS id FROM audit WHERE tenant_id = $1 ORDER BY at DESC OFFSET $2 LIMIT 1',
        [member.actor.tenantId, n],
      );
    const newer = async (n: number, more: object = {}) =>
      countNewer(member, { ...ALL, ...more, after: (await newest(n))[0] ?? null });
    expect(await newer(0)).toEqual({ count: 0, more: false });
    expect(await newer(3)).toEqual({ count: 3, more: false });
    expect(await newer(99)).toEqual({ count: 99, more: false });
    expect(await newer(100)).toEqual({ count: 99, more: true });
    expect(await newer(3, { group: 'people' })).toEqual({ count: 0, more: false });
    expect(await newer(3, { group: 'shields' })).toEqual({ count: 3, more: false });
    expect(await countNewer(member, { ...ALL, actorKind: 'member', after: null })).toEqual({ count: 60, more: false });
  });
});

test('that the trail grew is told to those who may read it, and what jobs do is told once', async () => {
  const member = await fresh();
  const { tenantId } = member.actor;
  await world.jobDid(tenantId, { action: 'effects.moved', subjectId: null });
  await world.did(member, { action: 'shield.raised', subjectId: newId() });
  const events = await world.ask('SELECT kind FROM events WHERE tenant_id = $1', [tenantId]);
  expect(events).toEqual([{ kind: 'trail' }]);
  const grew = { kind: 'trail', subjectId: tenantId } as const;
  expect(await mayLearn(member, grew)).toBe(true);
  for (const role of ['helper', 'viewer'] as const)
    expect(await mayLearn({ ...member, actor: { ...member.actor, role } }, grew)).toBe(false);
  await expect(countNewer(await world.join('viewer'), { ...ALL, after: null })).rejects.toMatchObject({
    problem: 'not_allowed',
  });
});
