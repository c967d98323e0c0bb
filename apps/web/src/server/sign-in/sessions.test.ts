import { DAY, Refusal } from '@secateur/base';
import { createOrganisation } from '@secateur/core/tenants';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { askNewAddress } from '../contact/address.ts';
import { askSecond, getContact } from '../contact/second.ts';
import { openWorld, type World } from '../fixtures/world.ts';
import { followLink } from '../links/follow.ts';
import { liveSession } from './live-session.ts';
import { endAllSessions, endOneSession, endOtherSessions, endSessionOf, listSessions } from './sessions.ts';
import { startSession } from './start-session.ts';

let world: World;
beforeAll(async () => {
  world = await openWorld();
});
afterAll(() => world.close());

const isAlive = async (token: string) => (await liveSession(world.db.prisma, token)) !== null;

test('one’s sessions are listed, this one first, and nobody else’s', async () => {
  const sam = await world.person();
  const later = await world.begin(sam.user.id);
  await world.person();
  const list = await listSessions(sam);
  expect(list.map(({ id, here }) => [id, here])).toEqual([
    [sam.session.id, true],
    [later.id, false],
  ]);
  expect(list[0]).toMatchObject({ how: 'mail', browser: 'firefox', system: 'linux' });
  expect(await listSessions(sam, new Date(Date.now() + 8 * DAY))).toEqual([]);
});

test('one session is ended; another’s can’t be', async () => {
  const [sam, kim] = [await world.person(), await world.person()];
  const phone = await world.begin(sam.user.id);
  expect(await endOneSession(sam, phone)).toEqual({ ended: 1 });
  expect([await isAlive(phone.token), await isAlive(sam.token)]).toEqual([false, true]);
  await expect(endOneSession(sam, phone)).rejects.toThrow(new Refusal('not_found'));
  await expect(endOneSession(sam, kim.session)).rejects.toThrow(new Refusal('not_found'));
  expect(await isAlive(kim.token)).toBe(true);
  expect((await world.trail(sam.tenantId)).at(-1)).toEqual({ action: 'session.ended', subject: phone.id });
});

test('all others are ended, or all', async () => {
  const [sam, kim] = [await world.person(), await world.person()];
  const phone = await world.begin(sam.user.id);
  expect(await endOtherSessions(sam)).toEqual({ ended: 1 });
  expect([await isAlive(phone.token), await isAlive(sam.token)]).toEqual([false, true]);
  expect(await endAllSessions(sam)).toEqual({ ended: 1 });
  expect([await isAlive(sam.token), await isAlive(kim.token)]).toEqual([false, true]);
});

test('what an ended session has asked for by mail is worth nothing; what another one has still is', async () => {
  const sam = await world.person();
  const { id, token } = await world.begin(sam.user.id);
  const [stranger, friend] = [`stranger-${sam.user.email}`, `friend-${sam.user.email}`];
  await askNewAddress({ ...sam, session: { id } }, { email: stranger });
  await askSecond(sam, { email: friend });
  await endOtherSessions(sam);
  expect(await isAlive(token)).toBe(false);
  const press = (to: string) => followLink(world.stranger(), { token: world.lastToken(to) });
  await expect(press(stranger)).rejects.toThrow(new Refusal('not_found'));
  await press(friend);
  expect(await getContact(sam)).toMatchObject({ email: sam.user.email, second: { email: friend } });
});

test('signing out in a hurry takes nothing back that was asked for', async () => {
  const sam = await world.person();
  const friend = `friend-${sam.user.email}`;
  await askSecond(sam, { email: friend });
  await endSessionOf(sam, sam.token);
  await followLink(world.stranger(), { token: world.lastToken(friend) });
  expect((await getContact(sam)).second).toMatchObject({ email: friend });
});

test('a session that ends because another begins in its browser, or an address is had back, is in its owner’s trail', async () => {
  const [sam, kim] = [await world.person(), await world.person()];
  await startSession(kim, { userId: kim.user.id, how: 'mail', visitor: sam.visitor });
  expect((await world.trail(sam.tenantId)).at(-1)).toEqual({ action: 'session.ended', subject: sam.session.id });
  const { id } = await world.begin(sam.user.id);
  await askNewAddress(sam, { email: `new-${sam.user.email}` });
  await followLink(world.stranger(), { token: world.lastToken(`new-${sam.user.email}`) });
  await followLink(world.stranger(), { token: world.lastToken(sam.user.email) });
  expect(await world.trail(sam.tenantId)).toContainEqual({ action: 'session.ended', subject: id });
});

test('that somebody signed in is in the trail of each of their tenants, and in nobody else’s', async () => {
  const [sam, kim] = [await world.person(), await world.person()];
  const organisation = await createOrganisation(sam, sam.user.id, { name: 'Desk' });
  const { id } = await world.begin(sam.user.id);
  const row = { action: 'session.started', subject: id };
  expect(await world.trail(sam.tenantId)).toContainEqual(row);
  expect(await world.trail(organisation.tenantId)).toContainEqual(row);
  expect(await world.trail(kim.tenantId)).not.toContainEqual(row);
});
