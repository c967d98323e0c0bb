import { newId } from '@secateur/base';
import { withTenant } from '@secateur/db';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { auditMember, auditOperator } from '../audit/index.ts';
import type { MemberContext } from '../context/index.ts';
import { readWhole } from '../exports/fixtures/read-whole.ts';
import { openTrailWorld, type TrailWorld } from './fixtures/trail-world.ts';
import { exportTrail, readTrail } from './index.ts';
import type { TrailEntry, TrailPlace } from './schemas.ts';

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
    `INSERT INTO shields (tenant_id, id, created_by, created_at, state, action, spare_follows, spare_followers, spare_mutuals)
     VALUES ($1, $2, $3, now(), 'holding', 'block', true, true, true)`,
    [tenantId, shieldId, member.actor.userId],
  );
  await world.ask(
    `INSERT INTO sources (tenant_id, shield_id, ordinal, kind, query, subject_id) VALUES ($1, $2, 0, 'account', 'x', $3)`,
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
