import { DAY, MINUTE } from '@secateur/base';
import { withTenant } from '@secateur/db';
import { freshDatabase, type TestDatabase } from '@secateur/testing';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { listConnections } from '../connections/index.ts';
import type { MemberContext } from '../context/index.ts';
import { disconnect, drainConnection } from '../leaving/index.ts';
import { type Owed, payOwed } from '../notices/index.ts';
import { getShield, raise } from '../shields/index.ts';
import {
  acceptInvitation,
  actorOf,
  createOrganisation,
  getTenant,
  invite,
  tenantsOf,
  welcome,
} from '../tenants/index.ts';
import { connectByConsent, type Life, startLife } from '../testing/index.ts';
import { ask, deletionOf, pass, passUntilGone, standing } from './fixtures/doomed.ts';
import { askDeletion, cancelDeletion, deletionFacts, eraseTenant, viewDeletion, viewReceipt } from './index.ts';

const PASSWORD = 'abcd-efgh-ijkl-mnop';
const ME = 'me.sandbox.test';
const TROLL = 'troll.sandbox.test';

let database: TestDatabase;
let life: Life;
let owner: Life['member'];
let connectionId: string;
beforeEach(async () => {
  database = await freshDatabase();
  life = await startLife({ urls: database, world: 'empty' });
  owner = life.member;
  await life.sandbox.control.addAccounts([
    { handle: ME, password: PASSWORD },
    { handle: TROLL, followers: 3 },
  ]);
  connectionId = await life.connect(ME, PASSWORD);
});
afterEach(async () => {
  await life.close();
  await database.close();
});

/** A shield over the troll and three followers, up. */
async function shield(): Promise<string> {
  const { id } = await life.preview({ query: TROLL, connectionIds: [connectionId], hold: '6w' });
  await life.drain.run();
  await raise(owner, { id });
  await life.drain.run();
  expect(await blocked()).toBe(4);
  return id;
}

/** How many the account blocks, as its network says. */
async function blocked(): Promise<number> {
  const [repo] = await life.sandbox.control.records('app.bsky.graph.block', ME);
  return repo?.records.length ?? 0;
}

/** The same member as they stand now. */
async function now(who: MemberContext): Promise<MemberContext> {
  const actor = await standing(who);
  if (actor?.tenantId !== who.actor.tenantId) throw new Error('no member there');
  return { ...who, actor };
}

const actions = async () =>
  withTenant(life.worker.prisma, owner.actor.tenantId, async (tx) =>
    (
      await tx.auditRow.findMany({
        where: { tenantId: owner.actor.tenantId, action: { startsWith: 'deletion.' } },
        orderBy: { xid: 'asc' },
      })
    ).map(({ action, count }) => [action, count]),
  );

/** What members are told by mail, at their own addresses, since this was asked last. */
async function told(): Promise<Owed[]> {
  const sent: Owed[] = [];
  const send = async (owed: Owed) => void sent.push(owed);
  while ((await payOwed(owner, send, () => {})) > 0);
  return sent.filter(({ about, listener }) => about.startsWith('deletion_') && listener === 'first');
}

test('for a week nothing is undone and nothing new begins; then all is lifted, then all is gone', async () => {
  const id = await shield();
  const token = await ask(owner);
  await expect(askDeletion(owner, { name: 'Somebody', blocks: 'keep' })).rejects.toMatchObject({
    problem: 'already_done',
  });
  const bound = await now(owner);
  expect(bound.actor.suspended).toBe(true);
  owner.actor = bound.actor;
  await expect(life.preview({ query: TROLL, connectionIds: [connectionId] })).rejects.toMatchObject({
    problem: 'suspended',
  });

  await pass(life, 7 * DAY - MINUTE);
  expect(await viewDeletion(owner)).toMatchObject({ stage: 'waits', accounts: 1, stuck: null, mine: true });
  expect(await blocked()).toBe(4);
  expect(await getShield(owner, { id })).toMatchObject({ state: 'holding' });
  expect(await viewReceipt(owner, { token })).toMatchObject({ blocks: 'now', shredded: null, erased: null });

  await pass(life, MINUTE);
  expect(await viewDeletion(owner)).toMatchObject({ stage: 'leaves' });
  await pass(life, 2 * MINUTE);
  expect(await blocked()).toBe(0);
  for (let step = 0; step < 3; step += 1) await pass(life, 2 * MINUTE);
  expect(await standing(owner)).toBeNull();
  expect(await deletionOf(life, owner.actor.tenantId)).toMatchObject({
    kept: 0,
    secrets: 1,
    keys: 1,
    wakeAt: null,
    askedBy: null,
  });
  expect(await actions()).toEqual([
    ['deletion.asked_now', 0],
    ['deletion.begun', 1],
  ]);
});

test('keep for ever: the blocks stay on the network, and the receipt says how many', async () => {
  await shield();
  const token = await ask(owner, 'keep');
  await passUntilGone(life);
  expect(await blocked()).toBe(4);
  expect(await viewReceipt(owner, { token })).toMatchObject({ kept: 4, shredded: { keys: 1 }, erased: {} });
});

test('called off within the week everything is as it was, and the receipt is worth nothing', async () => {
  const id = await shield();
  const token = await ask(owner);
  await pass(life, 6 * DAY);
  await cancelDeletion(owner);
  await expect(cancelDeletion(owner)).rejects.toMatchObject({ problem: 'not_found' });
  await passUntilGone(life);
  expect(await viewDeletion(owner)).toBeNull();
  expect((await now(owner)).actor.suspended).toBe(false);
  expect(await blocked()).toBe(4);
  expect(await getShield(owner, { id })).toMatchObject({ state: 'holding' });
  expect(await listConnections(owner)).toMatchObject([{ state: 'ready' }]);
  await expect(viewReceipt(owner, { token })).rejects.toMatchObject({ problem: 'not_found' });
  expect(await told()).toMatchObject([{ about: 'deletion_asked' }, { about: 'deletion_cancelled' }]);
});

test('once the keys are destroyed nobody calls it off, and nobody acts there', async () => {
  await ask(owner, 'keep');
  await pass(life, 7 * DAY);
  await pass(life, 2 * MINUTE);
  const row = await deletionOf(life, owner.actor.tenantId);
  expect(row).toMatchObject({ shreddedAt: expect.any(Date), erasedAt: null });
  await expect(cancelDeletion(owner)).rejects.toMatchObject({ problem: 'not_found' });
  const { tenantId } = owner.actor;
  const byForce = withTenant(owner.prisma, tenantId, (tx) => tx.deletion.deleteMany({ where: { tenantId } }));
  expect(await byForce).toEqual({ count: 0 });
  expect(await tenantsOf(owner, owner.actor.userId)).toEqual([]);
});

test('called off at the very moment at which the keys are destroyed, it is one or the other', async () => {
  await ask(owner, 'keep');
  await life.sandbox.control.advance(7 * DAY);
  const { tenantId } = owner.actor;
  await eraseTenant(life.worker, { tenantId });
  await drainConnection(life.worker, { tenantId, connectionId });
  await drainConnection(life.worker, { tenantId, connectionId });
  const [calledOff] = await Promise.allSettled([cancelDeletion(owner), eraseTenant(life.worker, { tenantId })]);
  const row = await deletionOf(life, tenantId);
  const keys = await withTenant(life.worker.prisma, tenantId, (tx) => tx.tenantKey.findMany({ where: { tenantId } }));
  const destroyed = keys.every(({ wrapped }) => wrapped === null);
  expect(calledOff.status === 'fulfilled').toBe(row === null);
  expect(destroyed).toBe(row !== null);
});

test('who came by the network’s own server gives the access back there', async () => {
  await connectByConsent(life, { handle: ME, password: PASSWORD }, { connectionId });
  const open = async () => (await life.sandbox.control.grants(ME)).filter(({ dead }) => !dead);
  expect(await open()).toHaveLength(1);
  await ask(owner, 'keep');
  await passUntilGone(life);
  expect(await open()).toEqual([]);
});

test('only owners ask, with the right name, and another tenant’s is none of theirs', async () => {
  for (const role of ['admin', 'viewer', 'helper'] as const) {
    const ctx = { ...owner, actor: { ...owner.actor, role } };
    await expect(ask(ctx)).rejects.toMatchObject({ problem: 'not_allowed' });
    await expect(cancelDeletion(ctx)).rejects.toMatchObject({ problem: 'not_allowed' });
  }
  await expect(askDeletion(owner, { name: 'another', blocks: 'now' })).rejects.toMatchObject({
    problem: 'invalid_input',
  });
  expect(await deletionOf(life, owner.actor.tenantId)).toBeNull();
  await ask(owner);
  const stranger = await life.stranger();
  expect(await viewDeletion(stranger)).toBeNull();
  await expect(cancelDeletion(stranger)).rejects.toMatchObject({ problem: 'not_found' });
  await expect(viewReceipt(stranger, { token: 'a guess that is long enough' })).rejects.toMatchObject({
    problem: 'not_found',
  });
});

test('of an organisation everybody is told, any owner calls it off, and who is elsewhere too stays a user', async () => {
  const { tenantId } = await createOrganisation(owner, owner.actor.userId, { name: 'Helpline' });
  const there = { ...owner, actor: { ...owner.actor, tenantId } };
  const second = await life.stranger();
  const user = await second.prisma.user.findUniqueOrThrow({ where: { id: second.actor.userId } });
  const { token } = await invite(there, { email: String(user.email), role: 'owner', grant: null });
  await acceptInvitation(second, { id: user.id, email: user.email }, { token });
  await ask(there);
  const news = await told();
  expect(news).toMatchObject(Array(2).fill({ about: 'deletion_asked', tenantId }));
  expect(news.map(({ userId }) => userId).sort()).toEqual([owner.actor.userId, user.id].sort());
  expect(await deletionFacts(owner, tenantId)).toMatchObject({ organisation: 'Helpline' });
  expect(await told()).toEqual([]);

  const actor = await actorOf(second, user.id, tenantId);
  if (!actor) throw new Error('nobody');
  await cancelDeletion({ ...second, actor });
  await ask(there);
  await passUntilGone(life);
  expect((await tenantsOf(second, user.id)).map((one) => one.tenantId)).toEqual([second.actor.tenantId]);
  expect((await tenantsOf(owner, owner.actor.userId)).map((one) => one.tenantId)).toEqual([owner.actor.tenantId]);
  expect(await blocked()).toBe(0);
  expect(await getTenant(owner)).toMatchObject({ name: 'Somebody', others: [] });
});

test('who signs in again with the same address begins anew', async () => {
  const { email } = await owner.prisma.user.findUniqueOrThrow({ where: { id: owner.actor.userId } });
  await ask(owner, 'keep');
  await passUntilGone(life);
  const again = await owner.prisma.user.create({ data: { email } });
  const actor = await welcome(owner, again.id, 'Somebody');
  expect(actor.tenantId).not.toBe(owner.actor.tenantId);
  const fresh = { ...owner, actor };
  expect(await listConnections(fresh)).toEqual([]);
  await life.connect(ME, PASSWORD, { ...fresh, sealingKey: owner.sealingKey });
  expect(await listConnections(fresh)).toMatchObject([{ state: 'ready' }]);
});

test('what can’t be lifted is told a week before it is kept, and everything is over within thirty days', async () => {
  await shield();
  const token = await ask(owner);
  expect(await told()).toMatchObject([{ about: 'deletion_asked' }]);
  await life.sandbox.control.perform({ do: 'revoke-sessions', account: ME });
  await pass(life, 7 * DAY);
  for (let day = 7; day < 14; day += 1) {
    expect(await told()).toEqual([]);
    await pass(life, DAY);
  }
  expect(await told()).toMatchObject([{ about: 'deletion_stuck' }]);
  expect(await deletionFacts(owner, owner.actor.tenantId)).toMatchObject({ standing: { remaining: 4 } });
  expect(await viewDeletion(owner)).toMatchObject({ stage: 'leaves', held: 4, stuck: { since: expect.any(Date) } });
  await pass(life, 6 * DAY);
  expect(await viewDeletion(owner)).toMatchObject({ held: 4 });
  await pass(life, DAY);
  for (let step = 0; step < 4; step += 1) await pass(life, 2 * MINUTE);
  expect(await blocked()).toBe(4);
  const { kept, erased, dueAt } = await viewReceipt(owner, { token });
  expect(kept).toBe(4);
  expect(erased && erased.at < dueAt).toBe(true);
});

test('a network that is away for the whole time keeps nobody: it is over within thirty days', async () => {
  await shield();
  await life.sandbox.control.addFault({ kind: '503', account: ME });
  const token = await ask(owner);
  for (let day = 0; day < 29; day += 1) await pass(life, DAY);
  for (let step = 0; step < 4; step += 1) await pass(life, 2 * MINUTE);
  const { kept, erased, dueAt } = await viewReceipt(owner, { token });
  expect(kept).toBe(4);
  expect(erased && erased.at < dueAt).toBe(true);
});

test('an account that was to leave in its own time is lifted with the others', async () => {
  await shield();
  await disconnect(owner, { id: connectionId, blocks: 'in_time' });
  await ask(owner);
  await passUntilGone(life);
  expect(await blocked()).toBe(0);
  expect(await standing(owner)).toBeNull();
});

test('called off while accounts are being let go: what is left stays, those accounts are gone', async () => {
  await shield();
  await ask(owner);
  await pass(life, 7 * DAY);
  expect(await viewDeletion(owner)).toMatchObject({ stage: 'leaves' });
  await cancelDeletion(owner);
  for (let step = 0; step < 4; step += 1) await pass(life, 2 * MINUTE);
  expect(await listConnections(owner)).toEqual([]);
  expect((await now(owner)).actor.suspended).toBe(false);
  connectionId = await life.connect(ME, PASSWORD);
  await shield();
});
