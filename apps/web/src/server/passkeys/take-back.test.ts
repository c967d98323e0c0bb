import { DAY, Refusal } from '@secateur/base';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { withPasskey } from '../fixtures/with-passkey.ts';
import { openWorld, type Person, type World } from '../fixtures/world.ts';
import { followLink } from '../links/follow.ts';
import { makeRecoveryCodes } from '../recovery/make.ts';
import { liveSession } from '../sign-in/live-session.ts';
import { addWay } from '../ways/add.ts';
import { listWays } from '../ways/list.ts';
import { listPasskeys } from './manage.ts';

let world: World;
beforeAll(async () => {
  world = await openWorld();
});
afterAll(() => world.close());

/** Somebody with a second contact, and that one's address. */
async function withSecond(): Promise<{ sam: Person; second: string }> {
  const sam = await world.person();
  const second = `second-${sam.user.email}`;
  await world.db.prisma.secondContact.create({ data: { userId: sam.user.id, email: second, verifiedAt: new Date() } });
  return { sam, second };
}

/** The same as their next request would find them. */
async function again(sam: Person): Promise<Person> {
  const session = await liveSession(world.db.prisma, sam.visitor.sessionToken ?? '');
  if (!session) throw new Error('the session is over');
  return Object.assign(sam, { session });
}

const press = (token: string) => followLink(world.stranger(), { token });
const own = (name: string) => ({ network: 'bluesky' as const, nativeId: `did:plc:${name}`, handle: `${name}.test` });

test('a second contact takes every passkey back, and with them the codes, the ways that came since and all sessions', async () => {
  const { sam, second } = await withSecond();
  await addWay(sam, sam.user.id, own('before'));
  await world.asAdmin(`UPDATE identities SET added_at = now() - interval '1 day' WHERE user_id = $1`, [sam.user.id]);
  await withPasskey(sam);
  const token = world.lastToken(second);
  await withPasskey(sam);
  await makeRecoveryCodes(sam);
  await addWay(sam, sam.user.id, own('stranger'));
  await press(token);
  expect(await listPasskeys(sam)).toEqual({ alone: false, passkeys: [], codesLeft: 0 });
  expect((await listWays(sam)).identities.map(({ handle }) => handle)).toEqual(['before.test']);
  expect(await liveSession(world.db.prisma, sam.visitor.sessionToken ?? '')).toBeNull();
  const deeds = (await world.trail(sam.tenantId)).map(({ action }) => action);
  expect(deeds.filter((one) => one === 'passkey.removed')).toHaveLength(2);
  expect(deeds).toContain('way.removed');
  expect(world.mails(sam.user.email).slice(-2).join()).toMatch(/A passkey was removed[\s\S]*removed from the ways/);
});

test('who has no address keeps a way in', async () => {
  const { sam, second } = await withSecond();
  await withPasskey(sam);
  const token = world.lastToken(second);
  await addWay(sam, sam.user.id, own('only'));
  await addWay(sam, sam.user.id, own('other'));
  await world.db.prisma.user.update({ where: { id: sam.user.id }, data: { email: null } });
  await press(token);
  expect((await listWays(sam)).identities.map(({ handle }) => handle)).toEqual(['only.test']);
});

test('that is done once within seven days: of the next first passkey a second contact is told, no more', async () => {
  const { sam, second } = await withSecond();
  await withPasskey(sam);
  const token = world.lastToken(second);
  await world.db.prisma.passkey.deleteMany({ where: { userId: sam.user.id } });
  await withPasskey(sam);
  const another = world.lastToken(second);
  expect(another).not.toBe(token);
  await press(token);
  sam.visitor.sessionToken = (await world.begin(sam.user.id)).token;
  await withPasskey(await again(sam));
  expect(world.mails(second).at(-1)).toContain('A passkey was added');
  expect(world.lastToken(second)).toBe('');
  await expect(press(another)).rejects.toThrow(new Refusal('not_found'));
  expect((await listPasskeys(sam)).passkeys).toHaveLength(1);
  await world.db.prisma.passkey.deleteMany({ where: { userId: sam.user.id } });
  const takenBackAt = new Date(Date.now() - 7 * DAY);
  await world.db.prisma.user.update({ where: { id: sam.user.id }, data: { takenBackAt } });
  await withPasskey(sam);
  await press(world.lastToken(second));
  expect((await listPasskeys(sam)).passkeys).toEqual([]);
});

test('a link that was sent before is worth nothing within these days either', async () => {
  const { sam, second } = await withSecond();
  await withPasskey(sam);
  await world.db.prisma.user.update({ where: { id: sam.user.id }, data: { takenBackAt: new Date() } });
  await expect(press(world.lastToken(second))).rejects.toThrow(new Refusal('not_found'));
  expect((await listPasskeys(sam)).passkeys).toHaveLength(1);
});
