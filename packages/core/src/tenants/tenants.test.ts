import { DAY, HOUR, type Problem } from '@secateur/base';
import { withTenant } from '@secateur/db';
import { DEMO } from '@secateur/sandbox';
import { freshDatabase, type OwnersDb, ownersDb, type TestDatabase } from '@secateur/testing';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { listConnections } from '../connections/index.ts';
import type { MemberContext } from '../context/index.ts';
import { CALM_RULES } from '../exemptions/policy/index.ts';
import { listShields, pause, raise, startPreview } from '../shields/index.ts';
import { around, type Life, startLife } from '../testing/index.ts';
import {
  acceptInvitation,
  actorOf,
  changeRole,
  createOrganisation,
  getTenant,
  giveGrant,
  invite,
  leave,
  listInvitations,
  listMembers,
  lookAtInvitation,
  removeMember,
  rename,
  revokeGrant,
  revokeInvitation,
  tenantsOf,
  welcome,
  writeWishes,
} from './index.ts';

let database: TestDatabase;
let life: Life;
let admin: OwnersDb;
beforeAll(async () => {
  database = await freshDatabase();
  admin = ownersDb(database.admin);
  life = await startLife({ urls: database, world: 'demo' });
});
afterAll(async () => {
  await Promise.all([life.close(), admin.close()]);
  await database.close();
});

const refused = (problem: Problem) => ({ problem });
const emailOf = async ({ prisma, actor }: MemberContext) =>
  String((await prisma.user.findUniqueOrThrow({ where: { id: actor.userId } })).email);

/** Somebody's context in another tenant than their own. */
async function inTenant(who: MemberContext, tenantId: string): Promise<MemberContext> {
  const actor = await actorOf(who, who.actor.userId, tenantId);
  if (!actor) throw new Error('in no tenant');
  return { ...who, actor };
}

/** An organisation with an owner, and how others come in. */
async function organisation() {
  const founder = await life.stranger();
  const { tenantId } = await createOrganisation(founder, founder.actor.userId, { name: 'The Gazette' });
  const owner = await inTenant(founder, tenantId);
  const bring = async (role: 'owner' | 'admin' | 'viewer') => {
    const who = await life.stranger();
    const { token } = await invite(owner, { email: await emailOf(who), role, grant: null });
    await acceptInvitation(who, { id: who.actor.userId, email: await emailOf(who) }, { token });
    return inTenant(who, tenantId);
  };
  return { owner, tenantId, bring };
}

test('somebody new has one tenant of their own, however often they come in at once', async () => {
  const user = await life.member.prisma.user.create({ data: { email: 'twice@example.org' } });
  const actors = await Promise.all(Array.from({ length: 4 }, () => welcome(life.member, user.id, 'Twice')));
  expect(new Set(actors.map((actor) => actor.tenantId)).size).toBe(1);
  expect(await tenantsOf(life.member, user.id)).toMatchObject([{ role: 'owner', kind: 'personal', name: 'Twice' }]);
});

test('an invitation is taken once, by the address it was sent to', async () => {
  const { owner, tenantId } = await organisation();
  const [guest, thief] = [await life.stranger(), await life.stranger()];
  const email = await emailOf(guest);
  const { token } = await invite(owner, { email: email.toUpperCase(), role: 'viewer', grant: null });
  expect(await lookAtInvitation(guest, { token })).toMatchObject({ tenantName: 'The Gazette', role: 'viewer', email });
  const take = (who: MemberContext, address: string | null) =>
    acceptInvitation(who, { id: who.actor.userId, email: address }, { token });
  await expect(take(thief, await emailOf(thief))).rejects.toMatchObject(refused('other_address'));
  await expect(take(thief, null)).rejects.toMatchObject(refused('other_address'));
  const both = await Promise.allSettled([take(guest, email), take(guest, email)]);
  expect(both.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
  await expect(take(guest, email)).rejects.toMatchObject(refused('not_found'));
  expect((await inTenant(guest, tenantId)).actor).toMatchObject({ tenantId, role: 'viewer' });
});

test('an invitation ends: by time, by being taken back, by its inviter leaving', async () => {
  const { owner, bring } = await organisation();
  const guest = await life.stranger();
  const email = await emailOf(guest);
  const take = (token: string) => acceptInvitation(guest, { id: guest.actor.userId, email }, { token });
  const late = await invite(owner, { email, role: 'viewer', grant: null });
  const future = { ...guest, clock: { now: () => new Date(guest.clock.now().getTime() + 7 * DAY) } };
  await expect(lookAtInvitation(future, { token: late.token })).rejects.toMatchObject(refused('not_found'));
  const second = await invite(owner, { email, role: 'viewer', grant: null });
  await expect(take(late.token)).rejects.toMatchObject(refused('not_found'));
  expect(await listInvitations(owner)).toMatchObject([{ id: second.id, email }]);
  await revokeInvitation(owner, { id: second.id });
  await expect(take(second.token)).rejects.toMatchObject(refused('not_found'));
  const admin = await bring('admin');
  const third = await invite(admin, { email, role: 'admin', grant: null });
  await removeMember(owner, { userId: admin.actor.userId });
  await expect(take(third.token)).rejects.toMatchObject(refused('not_found'));
});

test('a suspended tenant lets in nobody new', async () => {
  const { owner, tenantId } = await organisation();
  const guest = await life.stranger();
  const email = await emailOf(guest);
  const { token } = await invite(owner, { email, role: 'viewer', grant: null });
  const suspend = (suspendedAt: Date | null) =>
    admin.prisma.tenant.update({ where: { id: tenantId }, data: { suspendedAt } });
  const take = () => acceptInvitation(guest, { id: guest.actor.userId, email }, { token });
  await suspend(new Date());
  await expect(take()).rejects.toMatchObject(refused('suspended'));
  await suspend(null);
  expect(await take()).toEqual({ tenantId });
});

test('nobody owns more than twenty organisations, however fast they ask', async () => {
  const { owner } = await organisation();
  const found = () => createOrganisation(owner, owner.actor.userId, { name: 'Another' });
  const asked = await Promise.allSettled(Array.from({ length: 21 }, found));
  expect(asked.filter(({ status }) => status === 'fulfilled')).toHaveLength(19);
  await expect(found()).rejects.toMatchObject(refused('too_many_tries'));
});

test.each(['two\nlines', 'a nul\0', 'turned \u202e round', 'a \u2028 b'])('a tenant is not called %j', async (name) => {
  const { owner } = await organisation();
  await expect(rename(owner, { name })).rejects.toThrow();
  await rename(owner, { name: 'Zeitung “Ö” – 新聞 👩‍👩‍👧' });
});

test('roles: an admin makes no owner, nobody changes their own, the last owner stays', async () => {
  const { owner, bring } = await organisation();
  const [admin, viewer] = [await bring('admin'), await bring('viewer')];
  const become = (by: MemberContext, who: MemberContext, role: string) =>
    changeRole(by, { userId: who.actor.userId, role });
  await expect(become(admin, viewer, 'owner')).rejects.toMatchObject(refused('not_allowed'));
  await expect(become(admin, owner, 'viewer')).rejects.toMatchObject(refused('not_allowed'));
  await expect(become(admin, admin, 'owner')).rejects.toMatchObject(refused('not_allowed'));
  await expect(become(viewer, admin, 'viewer')).rejects.toMatchObject(refused('not_allowed'));
  await expect(leave(owner)).rejects.toMatchObject(refused('last_owner'));
  await become(owner, admin, 'owner');
  const second = await inTenant(admin, owner.actor.tenantId);
  const race = await Promise.allSettled([become(owner, second, 'viewer'), become(second, owner, 'viewer')]);
  expect(race.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
  const owners = (await listMembers(race[0]?.status === 'fulfilled' ? owner : second)).filter(
    ({ role }) => role === 'owner',
  );
  expect(owners).toHaveLength(1);
});

test('who was removed acts there no more, and what they remember of it is no help', async () => {
  const { owner, tenantId, bring } = await organisation();
  const viewer = await bring('viewer');
  await removeMember(owner, { userId: viewer.actor.userId });
  expect((await inTenant(viewer, tenantId)).actor.tenantId).not.toBe(tenantId);
  expect(await tenantsOf(viewer, viewer.actor.userId)).toHaveLength(1);
});

test('a helper’s day: sees and does what the grant says, where it says, until it ends', async () => {
  const owner = life.member;
  const { tenantId } = owner.actor;
  const mine = await life.connect(DEMO.handle, DEMO.password);
  await life.sandbox.control.addAccounts([{ handle: 'second.sandbox.test', password: 'abcd-efgh-ijkl-mnop' }]);
  const other = await life.connect('second.sandbox.test', 'abcd-efgh-ijkl-mnop');
  const hidden = await life.preview({ query: 'grudge.sandbox.test', connectionIds: [other] });
  await life.drain.run();
  await writeWishes(owner, { wishes: 'Never block journalists.' });

  const guest = await life.stranger();
  const email = await emailOf(guest);
  const grant = { connectionIds: [mine], verbs: ['view', 'prepare'], days: 1 };
  const { token } = await invite(owner, { email, role: 'helper', grant });
  await acceptInvitation(guest, { id: guest.actor.userId, email }, { token });
  const helper = () => inTenant(guest, tenantId);

  expect(await getTenant(await helper())).toMatchObject({
    role: 'helper',
    wishes: 'Never block journalists.',
    grants: [{ connectionId: mine, verbs: ['view', 'prepare'], live: true }],
  });
  expect((await listConnections(await helper())).map(({ id }) => id)).toEqual([mine]);
  expect(await listShields(await helper(), { before: null })).toEqual([]);
  const order = {
    sources: around('grudge.sandbox.test', { followers: false }),
    threshold: 1,
    connectionIds: [mine],
    action: 'block',
    hold: '1d',
    ...CALM_RULES,
  };
  await expect(startPreview(await helper(), { ...order, connectionIds: [mine, other] })).rejects.toMatchObject(
    refused('not_allowed'),
  );
  const { id } = await startPreview(await helper(), order);
  await life.drain.run();
  expect((await listShields(await helper(), { before: null })).map((row) => row.id)).toEqual([id]);
  await expect(raise(await helper(), { id })).rejects.toMatchObject(refused('not_allowed'));
  await expect(raise(await helper(), { id: hidden.id })).rejects.toMatchObject(refused('not_allowed'));

  const { userId } = guest.actor;
  await giveGrant(owner, { userId, connectionId: mine, verbs: ['run', 'undo'], days: 7 });
  await raise(await helper(), { id });
  await expect(raise(await helper(), { id: hidden.id })).rejects.toMatchObject(refused('not_found'));
  await expect(startPreview(await helper(), order)).rejects.toMatchObject(refused('not_allowed'));
  await expect(listMembers(await helper())).rejects.toMatchObject(refused('not_allowed'));
  await expect(invite(await helper(), { email, role: 'viewer', grant: null })).rejects.toMatchObject(
    refused('not_allowed'),
  );
  const trail = await withTenant(owner.prisma, tenantId, (tx) =>
    tx.auditRow.findMany({ where: { tenantId, actorId: userId }, orderBy: { id: 'asc' } }),
  );
  expect(trail.map(({ action }) => action)).toEqual(['member.joined', 'preview.started', 'shield.raised']);

  await life.sandbox.control.advance(7 * DAY - HOUR);
  await pause(await helper(), { id });
  await life.sandbox.control.advance(HOUR);
  await expect(pause(await helper(), { id })).rejects.toMatchObject(refused('not_allowed'));
  await expect(listConnections(await helper())).rejects.toMatchObject(refused('not_allowed'));

  await giveGrant(owner, { userId, connectionId: mine, verbs: ['view'], days: 1 });
  expect(await listConnections(await helper())).toHaveLength(1);
  await revokeGrant(owner, { userId, connectionId: mine });
  await expect(listConnections(await helper())).rejects.toMatchObject(refused('not_allowed'));
});

test('a grant is for helpers only, and goes with the role', async () => {
  const owner = life.member;
  const connectionId = (await listConnections(owner))[0]?.id;
  const [helper] = (await listMembers(owner)).filter(({ role }) => role === 'helper');
  if (!helper || !connectionId) throw new Error('the helper of the test before is gone');
  const { userId } = helper;
  await giveGrant(owner, { userId, connectionId, verbs: ['view'], days: 1 });
  await changeRole(owner, { userId, role: 'viewer' });
  await expect(giveGrant(owner, { userId, connectionId, verbs: ['run'], days: 1 })).rejects.toMatchObject(
    refused('not_found'),
  );
  await changeRole(owner, { userId, role: 'helper' });
  expect((await listMembers(owner)).find((one) => one.userId === userId)?.grants).toEqual([]);
});
