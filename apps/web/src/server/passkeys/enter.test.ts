import { Refusal } from '@secateur/base';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Wrong } from '../fixtures/authenticator.ts';
import { enter, halfWayIn, withPasskey } from '../fixtures/with-passkey.ts';
import { openWorld, type Stranger, type World } from '../fixtures/world.ts';
import { liveSession } from '../sign-in/live-session.ts';
import { askToEnter, enterByPasskey } from './enter.ts';
import { letPasskeyAlone } from './manage.ts';

let world: World;
beforeAll(async () => {
  world = await openWorld();
});
afterAll(() => world.close());

const REFUSED = new Refusal('passkey_refused');
const sessionOf = ({ visitor }: Stranger) => liveSession(world.db.prisma, visitor.sessionToken ?? '');

test('after the mailbox the passkey opens a session, which is verified', async () => {
  const sam = await world.person();
  const device = await withPasskey(sam);
  const browser = await halfWayIn(world, sam.user.id);
  expect(await sessionOf(browser)).toBeNull();
  expect(await enter(browser, device)).toEqual({ to: '/people' });
  expect(await sessionOf(browser)).toMatchObject({ userId: sam.user.id, how: 'mail', verifiedAt: expect.any(Date) });
  expect(browser.visitor.half).toBeNull();
});

test('alone it opens one only where its owner chose so', async () => {
  const sam = await world.person();
  const device = await withPasskey(sam);
  const browser = world.stranger();
  await expect(enter(browser, device)).rejects.toThrow(new Refusal('passkey_second'));
  expect(browser.visitor.sessionToken).toBeNull();
  await letPasskeyAlone(sam, { alone: true });
  await enter(browser, device);
  expect(await sessionOf(browser)).toMatchObject({ userId: sam.user.id, how: 'passkey', verifiedAt: expect.any(Date) });
});

test('whoever’s token was planted in the browser, the session’s is a new one', async () => {
  const sam = await world.person();
  const device = await withPasskey(sam);
  const browser = await halfWayIn(world, sam.user.id);
  browser.visitor.sessionToken = 'planted';
  await enter(browser, device);
  expect(browser.visitor.sessionToken).not.toBe('planted');
  expect(await liveSession(world.db.prisma, 'planted')).toBeNull();
});

test.each<[string, Wrong]>([
  ['for another site', { origin: 'https://elsewhere.example' }],
  ['for another host', { rpId: 'elsewhere.example' }],
  ['with a challenge of somebody’s own', { challenge: 'bWluZQ' }],
  ['without asking who is there', { unverified: true }],
])('an answer that was given %s is refused', async (_, wrong) => {
  const sam = await world.person();
  const device = await withPasskey(sam);
  const browser = await halfWayIn(world, sam.user.id);
  await expect(enter(browser, device, wrong)).rejects.toThrow(REFUSED);
  expect(browser.visitor.sessionToken).toBeNull();
});

test('an answer opens one door once, and in the browser that was asked', async () => {
  const sam = await world.person();
  const device = await withPasskey(sam);
  await letPasskeyAlone(sam, { alone: true });
  const browser = world.stranger();
  const answer = device.get(await askToEnter(browser));
  const thief = world.stranger();
  thief.visitor.asker = 'another-browser';
  await expect(enterByPasskey(thief, { answer })).rejects.toThrow(REFUSED);
  await enterByPasskey(browser, { answer });
  await expect(enterByPasskey(browser, { answer })).rejects.toThrow(REFUSED);
});

test('two presses at once open one session', async () => {
  const sam = await world.person();
  const device = await withPasskey(sam);
  const browser = await halfWayIn(world, sam.user.id);
  const before = await world.db.prisma.session.count({ where: { userId: sam.user.id } });
  const answer = device.get(await askToEnter(browser));
  const tries = await Promise.allSettled([enterByPasskey(browser, { answer }), enterByPasskey(browser, { answer })]);
  expect(tries.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
  expect(await world.db.prisma.session.count({ where: { userId: sam.user.id } })).toBe(before + 1);
});

test('a stranger’s passkey is no second step for somebody else', async () => {
  const [sam, eve] = [await world.person(), await world.person()];
  await withPasskey(sam);
  const evil = await withPasskey(eve);
  const browser = await halfWayIn(world, sam.user.id);
  await expect(enter(browser, evil)).rejects.toThrow(REFUSED);
  expect(browser.visitor.sessionToken).toBeNull();
});

test('a passkey that nobody knows is refused, and so is one whose handle names somebody else', async () => {
  const [sam, kim] = [await world.person(), await world.person()];
  const [device, other] = [await withPasskey(sam), await withPasskey(kim)];
  await letPasskeyAlone(sam, { alone: true });
  const answer = device.get(await askToEnter(world.stranger()));
  const browser = world.stranger();
  const stranger = { ...device.get(await askToEnter(browser)), id: 'AAAA', rawId: 'AAAA' };
  await expect(enterByPasskey(browser, { answer: stranger })).rejects.toThrow(REFUSED);
  const [key] = device.keys;
  if (key) key.userHandle = other.keys[0]?.userHandle ?? '';
  await expect(enter(world.stranger(), device)).rejects.toThrow(REFUSED);
  expect(answer.id).toBe(device.keys[0]?.id.toString('base64url'));
});

test('being half way in runs out', async () => {
  const sam = await world.person();
  const device = await withPasskey(sam);
  const browser = await halfWayIn(world, sam.user.id);
  const answer = device.get(await askToEnter(browser));
  await world.db.prisma.halfSignIn.updateMany({ data: { expires: new Date(Date.now() - 1) } });
  await expect(enterByPasskey(browser, { answer })).rejects.toThrow(REFUSED);
});

test('a passkey that counts backwards opens the door, its owner is told, and what it counted to is kept', async () => {
  const sam = await world.person();
  const device = await withPasskey(sam);
  await letPasskeyAlone(sam, { alone: true });
  await enter(world.stranger(), device, { counter: 9 });
  expect((await world.trail(sam.tenantId)).map(({ action }) => action)).not.toContain('passkey.suspect');
  await enter(world.stranger(), device, { counter: 4 });
  const [key] = await world.db.prisma.passkey.findMany({ where: { userId: sam.user.id } });
  expect(key?.counter).toBe(9n);
  expect(await world.trail(sam.tenantId)).toContainEqual({ action: 'passkey.suspect', subject: key?.id });
  expect(world.mails(sam.user.email).join()).toContain('may have been copied');
});

test('one that never counts is never suspect', async () => {
  const sam = await world.person();
  const device = await withPasskey(sam);
  await letPasskeyAlone(sam, { alone: true });
  for (let i = 0; i < 2; i++) await enter(world.stranger(), device, { counter: 0 });
  expect((await world.trail(sam.tenantId)).map(({ action }) => action)).not.toContain('passkey.suspect');
});
