import { Refusal } from '@secateur/base';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { askNewAddress } from '../contact/address.ts';
import { withPasskey } from '../fixtures/with-passkey.ts';
import { openWorld, type World } from '../fixtures/world.ts';
import { followLink, lookAt } from '../links/follow.ts';
import { makeRecoveryCodes } from '../recovery/make.ts';
import { liveSession } from '../sign-in/live-session.ts';
import { letPasskeyAlone, listPasskeys, removePasskey, renamePasskey } from './manage.ts';

let world: World;
beforeAll(async () => {
  world = await openWorld();
});
afterAll(() => world.close());

test('a passkey is renamed and removed by its owner alone', async () => {
  const [sam, kim] = [await world.person(), await world.person()];
  await withPasskey(sam);
  const [key] = (await listPasskeys(sam)).passkeys;
  const id = key?.id ?? '';
  await expect(renamePasskey(kim, { id, name: 'Mine' })).rejects.toThrow(new Refusal('not_found'));
  await expect(removePasskey(kim, { id })).rejects.toThrow(new Refusal('not_found'));
  await renamePasskey(sam, { id, name: 'Old laptop' });
  expect((await listPasskeys(sam)).passkeys).toMatchObject([{ id, name: 'Old laptop' }]);
  await removePasskey(sam, { id });
  expect((await listPasskeys(sam)).passkeys).toEqual([]);
  expect(world.mails(sam.user.email).at(-1)).toContain('A passkey was removed');
});

test('the last one stays while it is the only way in', async () => {
  const sam = await world.person();
  await withPasskey(sam);
  await withPasskey(sam);
  await letPasskeyAlone(sam, { alone: true });
  const [first, second] = (await listPasskeys(sam)).passkeys;
  await removePasskey(sam, { id: first?.id });
  await expect(removePasskey(sam, { id: second?.id })).rejects.toThrow(new Refusal('last_passkey'));
  expect((await listPasskeys(sam)).passkeys).toHaveLength(1);
  await letPasskeyAlone(sam, { alone: false });
  await removePasskey(sam, { id: second?.id });
});

test('of two that are removed at once while they are the only way in, one stays', async () => {
  const sam = await world.person();
  await withPasskey(sam);
  await withPasskey(sam);
  await letPasskeyAlone(sam, { alone: true });
  const { passkeys } = await listPasskeys(sam);
  await Promise.allSettled(passkeys.map(({ id }) => removePasskey(sam, { id })));
  expect((await listPasskeys(sam)).passkeys).toHaveLength(1);
});

test('nobody without a passkey is let in by one alone', async () => {
  await expect(letPasskeyAlone(await world.person(), { alone: true })).rejects.toThrow(new Refusal('not_found'));
});

test('the codes that stand for passkeys go with the last one', async () => {
  const sam = await world.person();
  await expect(makeRecoveryCodes(sam)).rejects.toThrow(new Refusal('not_found'));
  await withPasskey(sam);
  await makeRecoveryCodes(sam);
  expect((await listPasskeys(sam)).codesLeft).toBe(10);
  const [key] = (await listPasskeys(sam)).passkeys;
  await removePasskey(sam, { id: key?.id });
  expect((await listPasskeys(sam)).codesLeft).toBe(0);
});

test('a first passkey that a stranger added is taken back by the second contact, who alone has the link', async () => {
  const sam = await world.person();
  const friend = `friend-${sam.user.email}`;
  await world.db.prisma.secondContact.create({ data: { userId: sam.user.id, email: friend, verifiedAt: new Date() } });
  await withPasskey(sam);
  await withPasskey(sam);
  await letPasskeyAlone(sam, { alone: true });
  await makeRecoveryCodes(sam);
  const stranger = `stranger-${sam.user.email}`;
  await askNewAddress(sam, { email: stranger });
  expect(world.mails(sam.user.email).join()).not.toContain('/link#');
  const [first = '', second = ''] = world.mails(friend);
  expect(second).not.toContain('/link#');
  const token = /#(\S+)/.exec(first)?.[1] ?? '';
  expect(await lookAt(world.stranger(), { token })).toMatchObject({ kind: 'remove_passkeys' });
  await followLink(world.stranger(), { token });
  expect(await listPasskeys(sam)).toEqual({ alone: false, passkeys: [], codesLeft: 0 });
  expect(await liveSession(world.db.prisma, sam.visitor.sessionToken ?? '')).toBeNull();
  expect((await world.trail(sam.tenantId)).filter(({ action }) => action === 'passkey.removed')).toHaveLength(2);
  const others = world.lastToken(stranger);
  for (const one of [token, others])
    await expect(followLink(world.stranger(), { token: one })).rejects.toThrow(new Refusal('not_found'));
});
