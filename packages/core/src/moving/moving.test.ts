import { DAY, HOUR, MINUTE } from '@secateur/base';
import { freshDatabase, type TestDatabase } from '@secateur/testing';
import pg from 'pg';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { connect, listConnections, reconnect } from '../connections/index.ts';
import type { Moving } from '../connections/schemas.ts';
import type { MemberContext } from '../context/index.ts';
import { wakeDue } from '../fleet/index.ts';
import { disconnect } from '../leaving/index.ts';
import { getShield, listTargets, raise } from '../shields/index.ts';
import { connectByConsent, type Life, startLife } from '../testing/index.ts';
import { leaveThere, moveHere } from './index.ts';

const PASSWORD = 'abcd-efgh-ijkl-mnop';
const ME = 'me.sandbox.test';
const TROLL = 'troll.sandbox.test';

type Member = MemberContext & { sealingKey: string };

let database: TestDatabase;
let life: Life;
let admin: pg.Pool;
/** Another tenant, whose member comes with a proof. */
let mover: Member;
let connectionId: string;
beforeEach(async () => {
  database = await freshDatabase();
  life = await startLife({ urls: database, world: 'empty' });
  admin = new pg.Pool({ connectionString: database.admin, max: 1 });
  await life.sandbox.control.addAccounts([
    { handle: ME, password: PASSWORD },
    { handle: TROLL, followers: 3 },
  ]);
  mover = await life.stranger();
});
afterEach(async () => {
  await admin.end();
  await life.close();
  await database.close();
});

/** Connected in the first tenant, with a shield of a week over the troll and three followers, and a block made by hand. */
async function shielded(by: 'password' | 'consent' = 'password'): Promise<string> {
  await life.sandbox.control.addAccounts([{ handle: 'foe.sandbox.test' }]);
  await life.sandbox.control.perform({ do: 'block', account: ME, subject: 'foe.sandbox.test' });
  if (by === 'password') await life.connect(ME, PASSWORD);
  else await connectByConsent(life, { handle: ME, password: PASSWORD });
  connectionId = String((await listConnections(life.member))[0]?.id);
  const { id } = await life.preview({ query: TROLL, connectionIds: [connectionId], hold: '7d' });
  await life.drain.run();
  await raise(life.member, { id });
  await life.drain.run();
  expect(await blocked()).toBe(5);
  await pass(MINUTE);
  return id;
}

/** How many the account blocks, as its network says. */
async function blocked(): Promise<number> {
  const [repo] = await life.sandbox.control.records('app.bsky.graph.block', ME);
  return repo?.records.length ?? 0;
}
/** Lets time pass in steps in which the sweep finds what is due. */
const pass = async (ms: number) => {
  await life.sandbox.control.advance(ms);
  await life.drain.run();
};
const one = async (by: MemberContext) => (await listConnections(by))[0];
const consent = (by: MemberContext) => connectByConsent(life, { handle: ME, password: PASSWORD }, { by });
const move = async (by: MemberContext, blocks: Moving = 'now') => {
  await moveHere(by, { id: String((await one(by))?.id), blocks });
  await life.drain.run();
};
/** Steps until the account has come, or nothing changes any more. */
const settle = async () => {
  for (let i = 0; i < 4; i += 1) await pass(MINUTE);
};
const actions = async (of: MemberContext) => {
  const { tenantId } = of.actor;
  const { rows } = await admin.query('SELECT action FROM audit WHERE tenant_id = $1 ORDER BY at, id', [tenantId]);
  return rows.map((row) => String(row.action));
};
/** Connections that hold the account, in all tenants: never more than one. */
const holders = async () => {
  const { rows } = await admin.query(
    `SELECT tenant_id FROM connections WHERE state IN ('ready', 'revoked', 'leaving') AND account_id IS NOT NULL`,
  );
  return rows.map((row) => String(row.tenant_id));
};

test('whoever proves to own it is asked, and nothing happens until they say so', async () => {
  await shielded();
  await life.connect(ME, PASSWORD, mover);
  expect(await one(mover)).toMatchObject({ state: 'elsewhere', problem: null, movingLeft: null });
  await pass(MINUTE);
  expect(await blocked()).toBe(5);
  expect(await one(life.member)).toMatchObject({ state: 'ready', movedAt: null });
  expect(await holders()).toEqual([life.member.actor.tenantId]);
});

test.each(['password', 'consent'] as const)('moved by %s, lifted first: exactly ours, then it is here', async (by) => {
  const id = await shielded();
  if (by === 'password') await life.connect(ME, PASSWORD, mover);
  else expect(await consent(mover)).toMatchObject({ state: 'done' });
  await move(mover);
  await settle();
  expect(await blocked()).toBe(1);
  expect(await one(mover)).toMatchObject({ state: 'ready', handle: ME, movingLeft: null });
  expect(await one(life.member)).toMatchObject({ state: 'gone', movedAt: expect.any(Date), leaving: null });
  expect(await holders()).toEqual([mover.actor.tenantId]);
  expect(await getShield(life.member, { id })).toMatchObject({ state: 'ended', counts: { done: 0, pending: 0 } });
  expect(await actions(life.member)).toEqual(
    expect.arrayContaining(['connection.moving_away', 'connection.moved_away']),
  );
  expect(await actions(mover)).toEqual(
    expect.arrayContaining(['connection.elsewhere', 'connection.move_now', 'connection.moved_here']),
  );
});

test('kept as they stand: they stay for ever, as made by hand', async () => {
  const id = await shielded();
  await life.connect(ME, PASSWORD, mover);
  await move(mover, 'keep');
  await settle();
  expect(await one(mover)).toMatchObject({ state: 'ready' });
  const { items } = await listTargets(life.member, { id, filter: 'all', after: null });
  expect(items.map(({ outcome }) => outcome)).toEqual(['kept', 'kept', 'kept', 'kept']);
  await pass(30 * DAY);
  expect(await blocked()).toBe(5);
});

test('credentials that no longer work where it is: it is drained with those just proven', async () => {
  await shielded();
  await life.sandbox.control.perform({ do: 'revoke-sessions', account: ME });
  await life.connect(ME, PASSWORD, mover);
  await move(mover);
  await settle();
  expect(await blocked()).toBe(1);
  expect(await one(mover)).toMatchObject({ state: 'ready' });
  expect(await holders()).toEqual([mover.actor.tenantId]);
});

test('an account whose connection was lost long ago is drained with what was just proven by consent', async () => {
  await shielded();
  await life.sandbox.control.perform({ do: 'revoke-sessions', account: ME });
  await pass(8 * DAY);
  expect(await one(life.member)).toMatchObject({ state: 'revoked' });
  expect(await blocked()).toBe(5);
  await consent(mover);
  await move(mover);
  await settle();
  expect(await blocked()).toBe(1);
  expect(await one(mover)).toMatchObject({ state: 'ready', way: 'oauth' });
});

test('both credentials dead: it waits where it is, and the next proof brings it on', async () => {
  await shielded();
  await life.connect(ME, PASSWORD, mover);
  await life.sandbox.control.perform({ do: 'revoke-sessions', account: ME });
  await move(mover);
  await settle();
  expect(await one(mover)).toMatchObject({ state: 'refused', problem: 'connection_revoked' });
  expect(await one(life.member)).toMatchObject({ state: 'leaving', movedAt: expect.any(Date) });
  expect(await blocked()).toBe(5);
  await life.connect(ME, PASSWORD, mover);
  await move(mover);
  await pass(HOUR);
  await settle();
  expect(await blocked()).toBe(1);
  expect(await one(mover)).toMatchObject({ state: 'ready' });
});

test('without a proof nothing is moved, nor with one that is too old', async () => {
  await shielded();
  const id = String((await one(life.member))?.id);
  await expect(moveHere(mover, { id, blocks: 'now' })).rejects.toMatchObject({ problem: 'not_found' });
  await life.connect(ME, 'wrong', mover);
  const refused = String((await one(mover))?.id);
  await expect(moveHere(mover, { id: refused, blocks: 'now' })).rejects.toMatchObject({ problem: 'not_found' });
  await life.connect(ME, PASSWORD, mover);
  const asked = String((await one(mover))?.id);
  await life.sandbox.control.advance(11 * MINUTE);
  await expect(moveHere(mover, { id: asked, blocks: 'now' })).rejects.toMatchObject({ problem: 'sign_in_stale' });
  await life.drain.run();
  expect(await one(mover)).toMatchObject({ state: 'refused', problem: 'connection_elsewhere' });
  const { rows } = await admin.query('SELECT sealed FROM connections WHERE id = $1', [asked]);
  expect(rows).toEqual([{ sealed: null }]);
  expect(await holders()).toEqual([life.member.actor.tenantId]);
  expect(await blocked()).toBe(5);
});

test('who leaves it where it is holds nothing of it any more', async () => {
  await shielded();
  await consent(mover);
  await leaveThere(mover, { id: String((await one(mover))?.id) });
  await life.drain.run();
  expect(await listConnections(mover)).toEqual([]);
  expect((await life.sandbox.control.grants(ME)).filter(({ dead }) => !dead)).toEqual([]);
  expect(await one(life.member)).toMatchObject({ state: 'ready' });
});

test('an app password takes nothing from a consent, and is told that consent is needed', async () => {
  await shielded('consent');
  await life.connect(ME, PASSWORD, mover);
  expect(await one(mover)).toMatchObject({ state: 'refused', problem: 'consent_needed' });
  await consent(mover);
  await move(mover);
  await settle();
  expect(await one(mover)).toMatchObject({ state: 'ready' });
});

test('the owners where it was are owed a mail at once, each at both addresses, and it names nobody', async () => {
  await shielded();
  await life.connect(ME, PASSWORD, mover);
  await move(mover);
  const { rows } = await admin.query('SELECT tenant_id, user_id, listener, about FROM owed_notices ORDER BY listener');
  const { tenantId, userId } = life.member.actor;
  const owed = { tenant_id: tenantId, user_id: userId, about: 'moved' };
  expect(rows).toEqual([
    { ...owed, listener: 'first' },
    { ...owed, listener: 'second' },
  ]);
});

test('neither side learns of the other: no row of one holds an id of the other’s', async () => {
  await shielded();
  await life.connect(ME, PASSWORD, mover);
  await move(mover);
  await settle();
  const { rows: tables } = await admin.query(
    `SELECT table_name AS name FROM information_schema.columns WHERE table_schema = 'public' AND column_name = 'tenant_id'`,
  );
  const sides = [
    { mine: life.member.actor, other: mover.actor, otherId: String((await one(mover))?.id) },
    { mine: mover.actor, other: life.member.actor, otherId: connectionId },
  ];
  for (const { mine, other, otherId } of sides) {
    for (const { name } of tables) {
      const { rows } = await admin.query(`SELECT t::text AS row FROM "${name}" t WHERE tenant_id = $1`, [
        mine.tenantId,
      ]);
      for (const secret of [other.tenantId, other.userId, otherId]) {
        expect(rows.map(({ row }) => row).join(' '), `${name}`).not.toContain(secret);
      }
    }
  }
});

test('nobody sees across: the web app’s role may not ask who holds an account', async () => {
  const ask = (fn: string) => life.member.prisma.$queryRawUnsafe(`SELECT * FROM across.${fn}(gen_random_uuid())`);
  await expect(ask('holder_of')).rejects.toThrow(/permission denied/);
  await expect(ask('mover_of')).rejects.toThrow(/permission denied/);
});

test('two who prove it at once: the later one gets it, the other is told, and one tenant holds it', async () => {
  await shielded();
  const third = await life.stranger();
  await life.connect(ME, PASSWORD, mover);
  await life.sandbox.control.advance(1_000);
  await life.connect(ME, PASSWORD, third);
  await moveHere(mover, { id: String((await one(mover))?.id), blocks: 'now' });
  await moveHere(third, { id: String((await one(third))?.id), blocks: 'now' });
  for (let i = 0; i < 20; i += 1) {
    expect((await holders()).length).toBeLessThanOrEqual(1);
    await life.drain.step();
  }
  await settle();
  expect(await one(third)).toMatchObject({ state: 'ready' });
  expect(await one(mover)).toMatchObject({ state: 'refused', problem: 'connection_elsewhere' });
  expect(await blocked()).toBe(1);
});

test('a consent goes before a later app password', async () => {
  await shielded();
  const third = await life.stranger();
  await consent(mover);
  await life.sandbox.control.advance(1_000);
  await life.connect(ME, PASSWORD, third);
  await moveHere(mover, { id: String((await one(mover))?.id), blocks: 'now' });
  await moveHere(third, { id: String((await one(third))?.id), blocks: 'keep' });
  await settle();
  expect(await one(mover)).toMatchObject({ state: 'ready' });
  expect(await one(third)).toMatchObject({ state: 'refused' });
  // What becomes of the blocks was for the consent to say.
  expect(await blocked()).toBe(1);
});

test('a proof that came before somebody else connected it takes nothing from them', async () => {
  await shielded();
  const third = await life.stranger();
  await life.connect(ME, PASSWORD, mover);
  await life.sandbox.control.advance(1_000);
  await life.connect(ME, PASSWORD, third);
  await move(third);
  await settle();
  expect(await one(third)).toMatchObject({ state: 'ready' });
  await move(mover);
  expect(await one(mover)).toMatchObject({ state: 'refused', problem: 'connection_elsewhere' });
  expect(await holders()).toEqual([third.actor.tenantId]);
});

test('who had it can’t hold it back, neither by another choice nor by an app password', async () => {
  await shielded();
  await life.connect(ME, PASSWORD, mover);
  await life.sandbox.control.addFault({ kind: '503', method: 'com.atproto.repo.applyWrites' });
  await move(mover);
  const being = { problem: 'being_moved' };
  await expect(disconnect(life.member, { id: connectionId, blocks: 'in_time' })).rejects.toMatchObject(being);
  await expect(reconnect(life.member, { id: connectionId, password: PASSWORD })).rejects.toMatchObject(being);
  await expect(connect(life.member, { network: 'bluesky', handle: ME, password: PASSWORD })).rejects.toMatchObject(
    being,
  );
  expect(await one(mover)).toMatchObject({ state: 'moving', movingLeft: 4 });
  await life.sandbox.control.clearFaults();
  await pass(HOUR);
  await settle();
  expect(await one(mover)).toMatchObject({ state: 'ready' });
  expect(await blocked()).toBe(1);
});

test('an app password that was given where it was just before the move does not end the move', async () => {
  await shielded();
  await life.connect(ME, PASSWORD, mover);
  await reconnect(life.member, { id: connectionId, password: 'wrong' });
  const id = String((await one(mover))?.id);
  await moveHere(mover, { id, blocks: 'now' });
  await life.drain.run();
  await settle();
  expect(await one(mover)).toMatchObject({ state: 'ready' });
  expect(await blocked()).toBe(1);
});

test('its owner takes it back by consent while it is being moved by an app password', async () => {
  await shielded();
  await life.connect(ME, PASSWORD, mover);
  await life.sandbox.control.addFault({ kind: '503', method: 'com.atproto.repo.applyWrites' });
  await move(mover);
  await life.sandbox.control.advance(1_000);
  expect(await consent(life.member)).toMatchObject({ state: 'done' });
  await life.sandbox.control.clearFaults();
  await settle();
  expect(await one(life.member)).toMatchObject({ state: 'ready', way: 'oauth', movedAt: null });
  expect(await one(mover)).toMatchObject({ state: 'refused' });
  expect(await holders()).toEqual([life.member.actor.tenantId]);
});

test('where it is being disconnected already, it still passes as soon as the mover says', async () => {
  await shielded();
  await disconnect(life.member, { id: connectionId, blocks: 'in_time' });
  await life.connect(ME, PASSWORD, mover);
  expect(await one(mover)).toMatchObject({ state: 'elsewhere' });
  await move(mover);
  await settle();
  expect(await one(mover)).toMatchObject({ state: 'ready' });
  expect(await blocked()).toBe(1);
});

test('where it was disconnected while the mover was being asked, it comes at once', async () => {
  await shielded();
  await life.connect(ME, PASSWORD, mover);
  await disconnect(life.member, { id: connectionId, blocks: 'now' });
  await life.drain.run();
  await pass(MINUTE);
  expect(await one(mover)).toMatchObject({ state: 'elsewhere' });
  await move(mover);
  expect(await one(mover)).toMatchObject({ state: 'ready' });
  expect(await actions(life.member)).not.toContain('connection.moving_away');
});

test('the mover who goes away again leaves nothing behind; what was begun there comes to its end', async () => {
  await shielded();
  await life.connect(ME, PASSWORD, mover);
  await life.sandbox.control.addFault({ kind: '503', method: 'com.atproto.repo.applyWrites' });
  await move(mover);
  await disconnect(mover, { id: String((await one(mover))?.id), blocks: 'now' });
  await life.drain.run();
  expect(await listConnections(mover)).toEqual([]);
  await life.sandbox.control.clearFaults();
  await pass(HOUR);
  await settle();
  expect(await blocked()).toBe(1);
  expect(await holders()).toEqual([]);
});

test('a worker that is killed after any of its jobs, with all that waited lost: the rows make it go on', async () => {
  await shielded();
  await life.connect(ME, PASSWORD, mover);
  await moveHere(mover, { id: String((await one(mover))?.id), blocks: 'now' });
  for (let i = 0; i < 200 && (await one(mover))?.state === 'moving'; i += 1) {
    await life.drain.step();
    for (const lane of ['critical', 'standard', 'background'])
      await admin.query(`DELETE FROM queue_${lane}._private_jobs`);
    await life.sandbox.control.advance(MINUTE);
    await wakeDue(life.worker);
    expect((await holders()).length).toBeLessThanOrEqual(1);
  }
  expect(await one(mover)).toMatchObject({ state: 'ready' });
  expect(await blocked()).toBe(1);
});
