import { DAY, HOUR } from '@secateur/base';
import { freshDatabase, type OwnersDb, ownersDb, type TestDatabase } from '@secateur/testing';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { CALM_RULES } from '../exemptions/policy/index.ts';
import { around, type Life, startLife } from '../testing/index.ts';
import { nextEnding, raise, renew, startPreview, tellEndings, undo } from './index.ts';

const ME = 'me.sandbox.test';
const [LOUD, OTHER] = ['loud.sandbox.test', 'other.sandbox.test'];
const PASSWORD = 'right';

let database: TestDatabase;
let life: Life;
let admin: OwnersDb;
let member: Life['member'];
let connectionId: string;
let made = 0;
beforeAll(async () => {
  database = await freshDatabase();
  admin = ownersDb(database.admin);
  life = await startLife({
    urls: database,
    world: [{ do: 'add-accounts', accounts: [{ handle: LOUD }, { handle: OTHER }] }],
  });
});
afterAll(async () => {
  await admin.close();
  await life.close();
  await database.close();
});
beforeEach(async () => {
  member = await life.stranger();
  const handle = `${made++}-${ME}`;
  await life.sandbox.control.addAccounts([{ handle, password: PASSWORD }]);
  connectionId = await life.connect(handle, PASSWORD, member);
});

/** A shield that holds, raised now. */
async function holding(hold: '1d' | '7d' | '30d', against = LOUD): Promise<string> {
  const { tenantId } = member.actor;
  const sources = around(against, { followers: false });
  const wish = { sources, threshold: 1, connectionIds: [connectionId], action: 'block', hold, ...CALM_RULES };
  const { id } = await startPreview(member, wish);
  await life.drain.run();
  await raise(member, { id });
  await life.drain.run();
  expect(await admin.prisma.shield.findUnique({ where: { tenantId_id: { tenantId, id } } })).toMatchObject({
    state: 'holding',
  });
  return id;
}
const owed = () => admin.prisma.owedNotice.findMany({ where: { tenantId: member.actor.tenantId, about: 'renewal' } });
const pass = async (ms: number) => {
  await life.sandbox.control.advance(ms);
  await tellEndings(life.worker);
};
const sent = () => admin.prisma.owedNotice.deleteMany({ where: { tenantId: member.actor.tenantId } });

test('three days before the first is let go its owner is owed one mail, and their second contact none', async () => {
  const began = life.sandbox.clock.now().getTime();
  await holding('30d');
  await pass(27 * DAY - HOUR);
  expect(await owed()).toEqual([]);
  await pass(2 * HOUR);
  expect(await owed()).toMatchObject([
    { userId: member.actor.userId, listener: 'first', at: new Date(began + 30 * DAY) },
  ]);
  await sent();
  await pass(DAY);
  expect(await owed()).toEqual([]);
});

test('several that end are one mail, and the trail says it of each', async () => {
  const ids = [await holding('1d'), await holding('1d', OTHER)];
  await pass(19 * HOUR);
  expect(await owed()).toHaveLength(1);
  const { tenantId } = member.actor;
  const { rows } = await admin.pool.query<{ id: string }>(
    `SELECT subject_id AS id FROM audit WHERE tenant_id = $1 AND action = 'shield.ending'`,
    [tenantId],
  );
  expect(rows.map(({ id }) => id).sort()).toEqual(ids.sort());
});

test('held longer, it is told anew before its new end, and not before', async () => {
  const id = await holding('7d');
  await pass(6 * DAY);
  expect(await owed()).toHaveLength(1);
  await sent();
  await renew(member, { ids: [id] });
  expect(await nextEnding(life.worker, member.actor.tenantId)).toBeNull();
  await pass(4 * DAY);
  expect(await owed()).toEqual([]);
  await pass(2 * DAY);
  expect(await owed()).toHaveLength(1);
});

test('of one that is undone nothing is owed, and what is owed has nothing to say any more', async () => {
  const id = await holding('7d');
  const ending = () => nextEnding(life.worker, member.actor.tenantId);
  await pass(6 * DAY);
  expect(await ending()).not.toBeNull();
  await undo(member, { id });
  expect(await ending()).toBeNull();
  await sent();
  await pass(HOUR);
  expect(await owed()).toEqual([]);
});

test('who raised it hears of it too, as long as they are a member', async () => {
  const id = await holding('7d');
  const { tenantId } = member.actor;
  const helper = await life.stranger();
  const { userId } = helper.actor;
  await admin.prisma.shield.update({ where: { tenantId_id: { tenantId, id } }, data: { createdBy: userId } });
  await admin.prisma.member.create({ data: { tenantId, userId, role: 'admin', joinedAt: life.sandbox.clock.now() } });
  await pass(6 * DAY);
  expect((await owed()).map((one) => one.userId).sort()).toEqual([userId, member.actor.userId].sort());
});

test('nobody is told where nothing can be held longer', async () => {
  await holding('7d');
  await admin.prisma.tenant.update({ where: { id: member.actor.tenantId }, data: { suspendedAt: new Date() } });
  await pass(6 * DAY);
  expect(await owed()).toEqual([]);
});

test('what runs is found without looking at all that ever ran', async () => {
  const id = await holding('7d');
  const { tenantId } = member.actor;
  const columns = (
    await admin.pool.query<{ name: string }>(
      `SELECT column_name AS name FROM information_schema.columns WHERE table_name = 'shields' AND column_name NOT IN ('id', 'state')`,
    )
  ).rows.map(({ name }) => name);
  await admin.pool.query(
    `INSERT INTO shields (id, state, ${columns}) SELECT gen_random_uuid(), 'ended', ${columns} FROM shields, generate_series(1, 5000)
     WHERE tenant_id = $1 AND id = $2`,
    [tenantId, id],
  );
  await admin.pool.query('VACUUM ANALYZE shields');
  const body = `SELECT prosrc AS sql FROM pg_proc WHERE oid = 'across.endings_untold'::regproc`;
  const [{ sql } = { sql: '' }] = (await admin.pool.query<{ sql: string }>(body)).rows;
  const asked = sql
    .replaceAll('p_now', 'now()')
    .replaceAll('p_seconds', '259200')
    .replaceAll('p_part', '4')
    .replaceAll('p_limit', '100');
  const { rows } = await admin.pool.query<{ 'QUERY PLAN': string }>(`EXPLAIN ${asked}`);
  expect(rows.map((row) => row['QUERY PLAN']).join('\n')).toContain('shields_running');
});
