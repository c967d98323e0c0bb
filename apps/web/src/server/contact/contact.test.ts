import { Refusal } from '@secateur/base';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { withOldPasskey, withPasskey } from '../fixtures/with-passkey.ts';
import { openWorld, type Person, type World } from '../fixtures/world.ts';
import { limitBy } from '../limits/limits.ts';
import { followLink, lookAt } from '../links/follow.ts';
import { letPasskeyAlone, listPasskeys } from '../passkeys/manage.ts';
import { makeRecoveryCodes } from '../recovery/make.ts';
import { liveSession } from '../sign-in/live-session.ts';
import { addWay } from '../ways/add.ts';
import { listWays } from '../ways/list.ts';
import { askNewAddress, isKept } from './address.ts';
import { askSecond, getContact, removeSecond } from './second.ts';

let world: World;
beforeAll(async () => {
  world = await openWorld();
});
afterAll(() => world.close());

const press = (to: string) => followLink(world.stranger(), { token: world.lastToken(to) });

/** Names a second contact who says yes. */
async function name(sam: Person, email: string): Promise<void> {
  await askSecond(sam, { email });
  await press(email);
}

test('a second contact counts once it has said yes', async () => {
  const sam = await world.person();
  const friend = `friend-${sam.user.email}`;
  await askSecond(sam, { email: ` ${friend.toUpperCase()} ` });
  expect(await getContact(sam)).toMatchObject({ second: null, secondAsked: friend });
  expect(world.mails(friend)[0]).not.toContain(sam.user.email);
  const token = world.lastToken(friend);
  expect(await lookAt(world.stranger(), { token })).toMatchObject({ kind: 'second_contact' });
  expect((await getContact(sam)).second).toBeNull();
  await press(friend);
  expect(await getContact(sam)).toMatchObject({ second: { email: friend }, secondAsked: null });
  await expect(followLink(world.stranger(), { token })).rejects.toThrow(new Refusal('not_found'));
});

test('one’s own address is no second one', async () => {
  const sam = await world.person();
  await expect(askSecond(sam, { email: sam.user.email })).rejects.toThrow(new Refusal('same_address'));
});

test('who was it before is told that they no longer are, as the first address is', async () => {
  const sam = await world.person();
  const [friend, other] = [`friend-${sam.user.email}`, `other-${sam.user.email}`];
  await name(sam, friend);
  await name(sam, other);
  expect(world.mails(friend).at(-1)).toContain('The second contact was changed');
  expect(world.mails(sam.user.email).at(-1)).toContain('The second contact was changed');
  await removeSecond(sam);
  expect(world.mails(other).at(-1)).toContain('The second contact was removed');
  expect((await getContact(sam)).second).toBeNull();
  await expect(removeSecond(sam)).rejects.toThrow(new Refusal('not_found'));
});

test('a link that was sent before is worth nothing once another is sent', async () => {
  const sam = await world.person();
  const [friend, other] = [`friend-${sam.user.email}`, `other-${sam.user.email}`];
  await askSecond(sam, { email: friend });
  await askSecond(sam, { email: other });
  await expect(press(friend)).rejects.toThrow(new Refusal('not_found'));
});

test('nobody fills a stranger’s mailbox by asking again and again', async () => {
  const sam = await world.person();
  const ask = () => askSecond(sam, { email: `stranger-${sam.user.email}` });
  for (let i = 0; i < 5; i++) await ask();
  await expect(ask()).rejects.toThrow(new Refusal('too_many_tries'));
});

test('whoever asks, one mailbox gets so many questions', async () => {
  const full = limitBy(async (name, key) => (name === 'mailTo' && key === 'stranger@example.org' ? 60 : null));
  const sam = { ...(await world.person()), limit: full };
  for (const ask of [askSecond, askNewAddress]) {
    await expect(ask(sam, { email: 'stranger+7@example.org' })).rejects.toMatchObject({ problem: 'too_many_tries' });
  }
  expect(world.mails('stranger+7@example.org')).toEqual([]);
});

test('no address stands in the trail', async () => {
  const sam = await world.person();
  await name(sam, `friend-${sam.user.email}`);
  const trail = await world.trail(sam.tenantId);
  expect(trail.map(({ action }) => action)).toEqual(expect.arrayContaining(['contact.asked', 'contact.changed']));
  expect(JSON.stringify(trail)).not.toContain('example.org');
});

test('a sign-in with a browser that was never used is told to both addresses; with a known one, to nobody', async () => {
  const sam = await world.person();
  const friend = `friend-${sam.user.email}`;
  await name(sam, friend);
  const told = () => [sam.user.email, friend].map((to) => world.mails(to).filter((one) => one.includes('never used')));
  expect(told().flat()).toEqual([]);
  await world.begin(sam.user.id);
  expect(told().map((one) => one.length)).toEqual([1, 1]);
  expect(told()[0]?.[0]).toContain('Firefox on Linux');
  expect((await world.trail(sam.tenantId)).map(({ action }) => action)).toContain('device.new');
});

test('a new first address counts once its link was pressed; the former and the second one can take it back', async () => {
  const sam = await world.person();
  const [friend, fresh] = [`friend-${sam.user.email}`, `new-${sam.user.email}`];
  await name(sam, friend);
  await askNewAddress(sam, { email: fresh });
  expect((await getContact(sam)).email).toBe(sam.user.email);
  await press(fresh);
  expect(await getContact(sam)).toMatchObject({ email: fresh, addressAsked: null });
  const token = world.lastToken(sam.user.email);
  expect(token).toBe(world.lastToken(friend));
  expect(await isKept(world.db.prisma, sam.user.email)).toBe(true);
  expect(await liveSession(world.db.prisma, sam.token)).not.toBeNull();
  await followLink(world.stranger(), { token });
  expect((await getContact(sam)).email).toBe(sam.user.email);
  // It may have been a stranger who changed it: everybody is out.
  expect(await liveSession(world.db.prisma, sam.token)).toBeNull();
  const deeds = (await world.trail(sam.tenantId)).map(({ action }) => action);
  expect(deeds).toEqual(expect.arrayContaining(['address.asked', 'address.changed', 'address.restored']));
});

test('with the former address goes what was added since: what was there before stays, and both addresses are told', async () => {
  const sam = await world.person();
  const stranger = `stranger-${sam.user.email}`;
  const own = (name: string) => ({ network: 'bluesky' as const, nativeId: `did:plc:${name}`, handle: `${name}.test` });
  await withOldPasskey(sam);
  await addWay(sam, sam.user.id, own('mine'));
  await world.asAdmin(`UPDATE identities SET added_at = now() - interval '1 day' WHERE user_id = $1`, [sam.user.id]);
  await askNewAddress(sam, { email: stranger });
  await press(stranger);
  const token = world.lastToken(sam.user.email);
  await withPasskey(sam);
  await makeRecoveryCodes(sam);
  await addWay(sam, sam.user.id, own('theirs'));
  await name(sam, `friend-of-${stranger}`);
  await followLink(world.stranger(), { token });
  const left = await listPasskeys(sam);
  expect([left.passkeys.length, left.codesLeft]).toEqual([1, 0]);
  expect((await listWays(sam)).identities.map(({ handle }) => handle)).toEqual(['mine.test']);
  expect((await getContact(sam)).second).toBeNull();
  expect(await liveSession(world.db.prisma, sam.visitor.sessionToken ?? '')).toBeNull();
  for (const to of [sam.user.email, stranger, `friend-of-${stranger}`]) {
    expect(world.mails(to).at(-1)).toContain('The former address is the one to sign in with again');
  }
  const deeds = (await world.trail(sam.tenantId)).map(({ action }) => action);
  expect(deeds).toEqual(expect.arrayContaining(['passkey.removed', 'way.removed', 'contact.removed', 'session.ended']));
});

test('without a passkey from before, the codes of a stranger’s go with it, and no passkey alone opens the door', async () => {
  const sam = await world.person();
  await askNewAddress(sam, { email: `stranger-${sam.user.email}` });
  await press(`stranger-${sam.user.email}`);
  const back = world.lastToken(sam.user.email);
  await withPasskey(sam);
  await letPasskeyAlone(sam, { alone: true });
  await followLink(world.stranger(), { token: back });
  expect(await listPasskeys(sam)).toEqual({ alone: false, passkeys: [], codesLeft: 0 });
});

test('who had an address in between can’t have it back once the one before it is back', async () => {
  const sam = await world.person();
  const [between, last, stranger] = [`between-${sam.user.email}`, `last-${sam.user.email}`, `third-${sam.user.email}`];
  await askNewAddress(sam, { email: between });
  await press(between);
  const back = world.lastToken(sam.user.email);
  await askNewAddress(sam, { email: last });
  await press(last);
  const backToBetween = world.lastToken(between);
  await askSecond(sam, { email: stranger });
  await followLink(world.stranger(), { token: back });
  for (const token of [backToBetween, world.lastToken(stranger)]) {
    await expect(followLink(world.stranger(), { token })).rejects.toThrow(new Refusal('not_found'));
  }
  expect(await getContact(sam)).toMatchObject({ email: sam.user.email, second: null });
});

test('the former address can’t be had back after seven days, and is free then', async () => {
  const sam = await world.person();
  await askNewAddress(sam, { email: `new-${sam.user.email}` });
  await press(`new-${sam.user.email}`);
  const token = world.lastToken(sam.user.email);
  const [row] = await world.db.prisma.mailLink.findMany({ where: { userId: sam.user.id, kind: 'restore_address' } });
  expect(row?.expires.getTime()).toBeGreaterThan(Date.now() + 6.9 * 86_400_000);
  expect(row?.expires.getTime()).toBeLessThan(Date.now() + 7.1 * 86_400_000);
  await world.db.prisma.mailLink.updateMany({ data: { expires: new Date(Date.now() - 1) } });
  await expect(followLink(world.stranger(), { token })).rejects.toThrow(new Refusal('not_found'));
  expect(await isKept(world.db.prisma, sam.user.email)).toBe(false);
});

test('an address that somebody else signs in with is not taken from them', async () => {
  const [sam, kim] = [await world.person(), await world.person()];
  await askNewAddress(sam, { email: kim.user.email });
  await expect(press(kim.user.email)).rejects.toThrow(new Refusal('address_taken'));
  expect((await getContact(sam)).email).toBe(sam.user.email);
});

test('links to the address that was left open nothing any more', async () => {
  const sam = await world.person();
  const link = { identifier: sam.user.email, token: 't', expires: new Date(Date.now() + 60_000) };
  await world.db.prisma.verificationToken.create({ data: link });
  await askNewAddress(sam, { email: `new-${sam.user.email}` });
  await press(`new-${sam.user.email}`);
  expect(await world.db.prisma.verificationToken.count({ where: { identifier: sam.user.email } })).toBe(0);
});
