import { DAY, HOUR, heldClock, MINUTE, Refusal } from '@secateur/base';
import { createOrganisation, memberOf } from '@secateur/core/tenants';
import { withTenant } from '@secateur/db';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { halfWayIn, withOldPasskey, withPasskey } from '../fixtures/with-passkey.ts';
import { openWorld, type Person, type World } from '../fixtures/world.ts';
import { followLink, lookAt } from '../links/follow.ts';
import { askToEnter } from '../passkeys/enter.ts';
import { enterByCode } from '../recovery/enter.ts';
import { makeRecoveryCodes } from '../recovery/make.ts';
import { liveSession } from '../sign-in/live-session.ts';
import { sendStepLink } from './by-link.ts';
import { askForPasskey, confirmByPasskey } from './by-passkey.ts';
import { checkStanding } from './check.ts';
import { whenFresh } from './fresh.ts';
import { listPending, stopPending } from './watch-over.ts';

const clock = heldClock(new Date('2026-11-21T12:00:00Z'));
let world: World;
beforeAll(async () => {
  world = await openWorld(clock);
});
afterAll(() => world.close());

/** Somebody who signed in some hours ago. */
async function person(): Promise<Person> {
  const sam = await world.person();
  const provenAt = new Date(Date.now() - 3 * HOUR);
  await world.db.prisma.session.update({ where: { id: sam.session.id }, data: { provenAt } });
  return again(sam);
}

/** The same as their next request would find them. */
async function again(sam: Person): Promise<Person> {
  const session = await liveSession(world.db.prisma, sam.visitor.sessionToken ?? '');
  if (!session) throw new Error('the session is over');
  return Object.assign(sam, { session });
}

const needs = (deed: string, way: string) => new Refusal('step_up_needed', { deed, way });
const work = async () => 'done';
const member = async (sam: Person, tenantId = sam.tenantId) => ({
  ...sam,
  actor: await memberOf(sam, sam.user.id, tenantId),
});

/** Asks for the link and presses it. */
async function pressLink(sam: Person, deed: string): Promise<void> {
  await sendStepLink(sam, { deed });
  await followLink(sam, { token: world.lastToken(sam.user.email) });
}

test('with a passkey: it is asked for, and then for ten minutes no more', async () => {
  const sam = await person();
  const device = await withOldPasskey(sam);
  await expect(whenFresh(sam, 'export', work)).rejects.toMatchObject(needs('export', 'passkey'));
  await confirmByPasskey(sam, { answer: device.get(await askForPasskey(sam)) });
  expect(await whenFresh(await again(sam), 'export', work)).toBe('done');
  const verifiedAt = new Date(Date.now() - 11 * MINUTE);
  await world.db.prisma.session.update({ where: { id: sam.session.id }, data: { verifiedAt } });
  await expect(whenFresh(await again(sam), 'export', work)).rejects.toMatchObject(needs('export', 'passkey'));
});

test('a first passkey of today spares nobody the day, and those that it confirms don’t either', async () => {
  const sam = await person();
  const device = await withPasskey(sam);
  await confirmByPasskey(sam, { answer: device.get(await askForPasskey(sam)) });
  await withPasskey(sam);
  await expect(whenFresh(await again(sam), 'export', work)).rejects.toMatchObject(needs('export', 'day'));
  await pressLink(sam, 'export');
  clock.advance(DAY);
  expect(await whenFresh(await again(sam), 'export', work)).toBe('done');
});

test('a passkey that a recovery code let in waits a day like a first one, whatever was there before', async () => {
  const sam = await person();
  await withOldPasskey(sam);
  const { codes } = await makeRecoveryCodes(sam);
  const stranger = Object.assign(await halfWayIn(world, sam.user.id), { user: sam.user, tenantId: sam.tenantId });
  await enterByCode(stranger, { code: codes[0] });
  const inside = async () => again(Object.assign(stranger, { token: '', session: sam.session }));
  const device = await withPasskey(await inside());
  await confirmByPasskey(await inside(), { answer: device.get(await askForPasskey(await inside())) });
  await makeRecoveryCodes(await inside());
  for (const deed of ['export', 'address', 'delete'] as const) {
    await expect(whenFresh(await inside(), deed, work)).rejects.toMatchObject(needs(deed, 'day'));
  }
  const usedAt = new Date(Date.now() - DAY);
  await world.db.prisma.recoveryCode.updateMany({
    where: { userId: sam.user.id, usedAt: { not: null } },
    data: { usedAt },
  });
  expect(await whenFresh(await inside(), 'export', work)).toBe('done');
});

test('a confirmed session goes on under another token: a stolen one is worth nothing from then on', async () => {
  const sam = await person();
  const device = await withOldPasskey(sam);
  const stolen = sam.visitor.sessionToken ?? '';
  const { id } = sam.session;
  await confirmByPasskey(sam, { answer: device.get(await askForPasskey(sam)) });
  expect(await liveSession(world.db.prisma, stolen)).toBeNull();
  expect(await liveSession(world.db.prisma, sam.visitor.sessionToken ?? '')).toMatchObject({ id });
});

test('another’s passkey confirms nothing', async () => {
  const [sam, eve] = [await person(), await person()];
  await withOldPasskey(sam);
  const evil = await withOldPasskey(eve);
  await world.db.prisma.session.update({ where: { id: sam.session.id }, data: { verifiedAt: null } });
  const answer = evil.get(await askForPasskey(sam));
  await expect(confirmByPasskey(sam, { answer })).rejects.toThrow(new Refusal('passkey_refused'));
  expect((await again(sam)).session.verifiedAt).toBeNull();
});

test('what was signed to come in confirms nothing', async () => {
  const sam = await person();
  const device = await withOldPasskey(sam);
  await askForPasskey(sam);
  const answer = device.get(await askToEnter(sam));
  await expect(confirmByPasskey(sam, { answer })).rejects.toThrow(new Refusal('passkey_refused'));
});

test('with a passkey no link is sent', async () => {
  const sam = await person();
  await withOldPasskey(sam);
  await expect(sendStepLink(sam, { deed: 'export' })).rejects.toMatchObject(needs('export', 'passkey'));
});

test('a first account is connected at once; the next one needs a mailbox that was proven minutes ago', async () => {
  const sam = await person();
  expect(await whenFresh(sam, 'connect', work)).toBe('done');
  await withTenant(world.db.prisma, sam.tenantId, (tx) =>
    tx.connection.create({
      data: {
        tenantId: sam.tenantId,
        id: sam.session.id,
        network: 'bluesky',
        handle: 'sam.test',
        state: 'ready',
        createdAt: clock.now(),
      },
    }),
  );
  await expect(whenFresh(sam, 'connect', work)).rejects.toMatchObject(needs('connect', 'link'));
  await pressLink(sam, 'connect');
  expect(await whenFresh(await again(sam), 'connect', work)).toBe('done');
});

test('a link makes only the session fresh that asked for it, once', async () => {
  const sam = await person();
  const other = await world.begin(sam.user.id);
  const old = new Date(Date.now() - HOUR);
  await world.db.prisma.session.update({ where: { id: other.id }, data: { provenAt: old } });
  await sendStepLink(sam, { deed: 'passkeys' });
  const token = world.lastToken(sam.user.email);
  expect(await lookAt(sam, { token })).toEqual({ kind: 'step_up', deed: 'passkeys', wait: false });
  await followLink(world.stranger(), { token });
  expect((await again(sam)).session.provenAt.getTime()).toBeGreaterThan(old.getTime());
  expect((await liveSession(world.db.prisma, other.token))?.provenAt).toEqual(old);
  await expect(followLink(sam, { token })).rejects.toThrow(new Refusal('not_found'));
});

test('a link is worth nothing once the session that asked is over, or it is too old', async () => {
  const [sam, kim] = [await person(), await person()];
  await sendStepLink(sam, { deed: 'export' });
  const token = world.lastToken(sam.user.email);
  await world.db.prisma.session.delete({ where: { id: sam.session.id } });
  await expect(followLink(sam, { token })).rejects.toThrow(new Refusal('not_found'));
  await sendStepLink(kim, { deed: 'export' });
  await world.db.prisma.mailLink.updateMany({ data: { expires: new Date(Date.now() - 1) } });
  const late = world.lastToken(kim.user.email);
  await expect(followLink(kim, { token: late })).rejects.toThrow(new Refusal('not_found'));
});

test('without a passkey an export waits a day in domain time, and then may be done once', async () => {
  const sam = await person();
  await expect(whenFresh(sam, 'export', work)).rejects.toMatchObject(needs('export', 'day'));
  await pressLink(sam, 'export');
  const readyAt = new Date(clock.now().getTime() + DAY);
  expect(await checkStanding(sam, { deed: 'export' })).toEqual({ fresh: false, way: 'day', address: true, readyAt });
  await expect(whenFresh(await again(sam), 'export', work)).rejects.toMatchObject(needs('export', 'day'));
  clock.advance(DAY - 1);
  await expect(whenFresh(sam, 'export', work)).rejects.toMatchObject(needs('export', 'day'));
  clock.advance(1);
  await expect(whenFresh(sam, 'delete', work)).rejects.toMatchObject(needs('delete', 'day'));
  expect(await whenFresh(sam, 'export', work)).toBe('done');
  await expect(whenFresh(sam, 'export', work)).rejects.toMatchObject(needs('export', 'day'));
  const deeds = (await world.trail(sam.tenantId)).map(({ action }) => action);
  expect(deeds).toEqual(expect.arrayContaining(['pending.asked', 'pending.done']));
});

test('of two at once one uses the wait up; one that fails gives it back', async () => {
  const sam = await person();
  await pressLink(sam, 'export');
  clock.advance(DAY);
  const failing = whenFresh(sam, 'export', () => Promise.reject(new Error('a fault')));
  await expect(failing).rejects.toThrow('a fault');
  const both = await Promise.allSettled([whenFresh(sam, 'export', work), whenFresh(sam, 'export', work)]);
  expect(both.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
});

test('a wait is worth nothing seven days after it is over', async () => {
  const sam = await person();
  await pressLink(sam, 'export');
  clock.advance(8 * DAY);
  await expect(whenFresh(sam, 'export', work)).rejects.toMatchObject(needs('export', 'day'));
  expect(await listPending(await member(sam))).toEqual([]);
});

test('both addresses hear of a wait, and either stops it', async () => {
  const sam = await person();
  const second = `second-${sam.user.email}`;
  await world.db.prisma.secondContact.create({ data: { userId: sam.user.id, email: second, verifiedAt: new Date() } });
  await pressLink(sam, 'export');
  expect(world.mails(sam.user.email).at(-1)).toContain('export everything');
  expect(world.mails(second).at(-1)).not.toContain(sam.user.email);
  const token = world.lastToken(second);
  expect(token).toBe(world.lastToken(sam.user.email));
  expect(await lookAt(world.stranger(), { token })).toEqual({ kind: 'stop', deed: 'export' });
  await followLink(world.stranger(), { token });
  clock.advance(DAY);
  await expect(whenFresh(sam, 'export', work)).rejects.toMatchObject(needs('export', 'day'));
  await expect(followLink(world.stranger(), { token })).rejects.toThrow(new Refusal('not_found'));
  expect((await world.trail(sam.tenantId)).map(({ action }) => action)).toContain('pending.cancelled');
});

test('a wait is seen and stopped by those in charge of its tenant, and by nobody else', async () => {
  const [sam, kim, eve] = [await person(), await person(), await person()];
  const { tenantId } = await createOrganisation(sam, sam.user.id, { name: 'Desk' });
  await withTenant(world.db.prisma, tenantId, (tx) =>
    tx.member.createMany({
      data: [
        { tenantId, userId: kim.user.id, role: 'admin', joinedAt: clock.now() },
        { tenantId, userId: eve.user.id, role: 'viewer', joinedAt: clock.now() },
      ],
    }),
  );
  sam.session.actingIn = tenantId;
  await pressLink(sam, 'export');
  const [seen] = await listPending(await member(kim, tenantId));
  expect(seen).toMatchObject({ deed: 'export', mine: false, ready: false });
  expect(await listPending(await member(sam, tenantId))).toMatchObject([{ mine: true }]);
  expect(await listPending(await member(sam))).toEqual([]);
  const viewer = await member(eve, tenantId);
  expect(await listPending(viewer)).toEqual([]);
  await expect(stopPending(viewer, { id: seen?.id })).rejects.toThrow(new Refusal('not_found'));
  await expect(stopPending(await member(eve), { id: seen?.id })).rejects.toThrow(new Refusal('not_found'));
  await stopPending(await member(kim, tenantId), { id: seen?.id });
  expect(await listPending(await member(sam, tenantId))).toEqual([]);
});

test('one’s wait is not another member’s', async () => {
  const [sam, kim] = [await person(), await person()];
  const { tenantId } = await createOrganisation(sam, sam.user.id, { name: 'Desk' });
  await withTenant(world.db.prisma, tenantId, (tx) =>
    tx.member.create({ data: { tenantId, userId: kim.user.id, role: 'admin', joinedAt: clock.now() } }),
  );
  sam.session.actingIn = tenantId;
  await pressLink(sam, 'export');
  clock.advance(DAY);
  await expect(whenFresh({ ...kim, tenantId }, 'export', work)).rejects.toMatchObject(needs('export', 'day'));
  expect(await whenFresh({ ...sam, tenantId }, 'export', work)).toBe('done');
});

test('nobody fills a mailbox with links', async () => {
  const sam = await person();
  for (let i = 0; i < 5; i++) await sendStepLink(sam, { deed: 'export' });
  await expect(sendStepLink(sam, { deed: 'export' })).rejects.toThrow(new Refusal('too_many_tries'));
});

test('the wait itself can’t be made shorter by the web app’s role', async () => {
  const sam = await person();
  await pressLink(sam, 'export');
  const shorten = withTenant(world.db.prisma, sam.tenantId, (tx) =>
    tx.pendingAction.updateMany({ where: { tenantId: sam.tenantId }, data: { readyAt: new Date(0) } }),
  );
  await expect(shorten).rejects.toThrow();
});

/** Somebody with a second contact, and that one's address. */
async function withSecond(): Promise<{ sam: Person; second: string }> {
  const sam = await person();
  const second = `second-${sam.user.email}`;
  await world.db.prisma.secondContact.create({ data: { userId: sam.user.id, email: second, verifiedAt: new Date() } });
  return { sam, second };
}

test('a second contact stops their own removal once; of the next one within seven days they are told, no more', async () => {
  const { sam, second } = await withSecond();
  await pressLink(sam, 'contact');
  const token = world.lastToken(second);
  expect(token).not.toBe(world.lastToken(sam.user.email));
  await followLink(world.stranger(), { token });
  clock.advance(DAY);
  await expect(whenFresh(await again(sam), 'contact', work)).rejects.toMatchObject(needs('contact', 'day'));
  await pressLink(sam, 'contact');
  expect(world.mails(second).at(-1)).toContain('change the second contact');
  expect(world.lastToken(second)).toBe('');
  await expect(followLink(world.stranger(), { token })).rejects.toThrow(new Refusal('not_found'));
  clock.advance(DAY);
  expect(await whenFresh(await again(sam), 'contact', work)).toBe('done');
  clock.advance(6 * DAY);
  await pressLink(sam, 'contact');
  expect(world.lastToken(second)).not.toBe('');
});

test('the first address stops a change of the second contact as often as it likes, and uses up nothing of theirs', async () => {
  const { sam, second } = await withSecond();
  for (let i = 0; i < 2; i++) {
    await pressLink(sam, 'contact');
    await followLink(world.stranger(), { token: world.lastToken(sam.user.email) });
  }
  await pressLink(sam, 'contact');
  await followLink(world.stranger(), { token: world.lastToken(second) });
  clock.advance(DAY);
  await expect(whenFresh(await again(sam), 'contact', work)).rejects.toMatchObject(needs('contact', 'day'));
});

test('a link that a second contact kept stops nothing once another one was used', async () => {
  const { sam, second } = await withSecond();
  await pressLink(sam, 'contact');
  const used = { stoppedAt: clock.now() };
  await world.db.prisma.secondContact.update({ where: { userId: sam.user.id }, data: used });
  await expect(followLink(world.stranger(), { token: world.lastToken(second) })).rejects.toThrow(
    new Refusal('not_found'),
  );
  clock.advance(DAY);
  expect(await whenFresh(await again(sam), 'contact', work)).toBe('done');
});

test('what is stopped while it is being done does not wait once more when it fails', async () => {
  const [sam, kim] = [await person(), await person()];
  for (const one of [sam, kim]) await pressLink(one, 'export');
  const [waits] = await listPending(await member(kim));
  clock.advance(DAY);
  const byLink = async () => followLink(world.stranger(), { token: world.lastToken(sam.user.email) });
  const byHand = async () => stopPending(await member(kim), { id: waits?.id });
  for (const [one, stop] of [[sam, byLink] as const, [kim, byHand] as const]) {
    const failing = whenFresh(await again(one), 'export', async () => {
      await expect(stop()).rejects.toThrow(new Refusal('not_found'));
      throw new Error('a fault');
    });
    await expect(failing).rejects.toThrow('a fault');
    await expect(whenFresh(await again(one), 'export', work)).rejects.toMatchObject(needs('export', 'day'));
  }
});
