import { Refusal } from '@secateur/base';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { Authenticator, type Wrong } from '../fixtures/authenticator.ts';
import { withPasskey } from '../fixtures/with-passkey.ts';
import { ORIGIN, openWorld, type Person, type World } from '../fixtures/world.ts';
import { liveSession } from '../sign-in/live-session.ts';
import { addPasskey, offerPasskey } from './register.ts';

let world: World;
beforeAll(async () => {
  world = await openWorld();
});
afterAll(() => world.close());

const REFUSED = new Refusal('passkey_refused');
const stored = (userId: string) => world.db.prisma.passkey.findMany({ where: { userId } });

async function add(person: Person, wrong: Wrong = {}) {
  return addPasskey(person, {
    name: 'Phone',
    answer: new Authenticator(ORIGIN).create(await offerPasskey(person), wrong),
  });
}

test('a passkey names its user by itself, asks who is there, and is for this host alone', async () => {
  const sam = await world.person();
  const options = await offerPasskey(sam);
  expect(options).toMatchObject({
    rp: { id: 'localhost' },
    attestation: 'none',
    authenticatorSelection: { residentKey: 'required', userVerification: 'required' },
  });
  expect(JSON.stringify(options)).not.toContain(sam.user.id);
});

test('what was made is kept, told of by mail and in the trail', async () => {
  const sam = await world.person();
  const { id, first } = await add(sam);
  expect(first).toBe(true);
  expect(await stored(sam.user.id)).toMatchObject([{ id, name: 'Phone', counter: 0n, transports: ['internal'] }]);
  expect(world.mails(sam.user.email).at(-1)).toContain('A passkey was added');
  expect(await world.trail(sam.tenantId)).toContainEqual({ action: 'passkey.added', subject: id });
});

test('it was shown when it was made, and the session goes on under another token', async () => {
  const sam = await world.person();
  await add(sam);
  expect(sam.visitor.sessionToken).not.toBe(sam.token);
  const session = await liveSession(world.db.prisma, sam.visitor.sessionToken ?? '');
  expect(session).toMatchObject({ id: sam.session.id, verifiedAt: expect.any(Date) });
});

test('the next one is told which are there, so that a device isn’t added twice', async () => {
  const sam = await world.person();
  await withPasskey(sam);
  const [known] = await stored(sam.user.id);
  const options = await offerPasskey(sam);
  expect(options.excludeCredentials?.map(({ id }) => id)).toEqual([known?.credentialId]);
  expect((await add(sam)).first).toBe(false);
});

test.each<[string, Wrong]>([
  ['for another site', { origin: 'https://elsewhere.example' }],
  ['for another host', { rpId: 'elsewhere.example' }],
  ['with a challenge of somebody’s own', { challenge: 'bWluZQ' }],
  ['without asking who is there', { unverified: true }],
])('one that was made %s is refused', async (_, wrong) => {
  const sam = await world.person();
  await expect(add(sam, wrong)).rejects.toThrow(REFUSED);
  expect(await stored(sam.user.id)).toEqual([]);
});

test('an offer is taken up once, by who got it, in the browser that got it', async () => {
  const [sam, kim] = [await world.person(), await world.person()];
  const options = await offerPasskey(sam);
  const device = new Authenticator(ORIGIN);
  const make = () => ({ name: 'Phone', answer: device.create(options) });
  kim.visitor.asker = sam.visitor.asker;
  await expect(addPasskey(kim, make())).rejects.toThrow(REFUSED);
  const again = { name: 'Phone', answer: device.create(await offerPasskey(sam)) };
  const elsewhere = { ...sam, visitor: { ...sam.visitor, asker: 'another-browser' } };
  await expect(addPasskey(elsewhere, again)).rejects.toThrow(REFUSED);
  await addPasskey(sam, again);
  await expect(addPasskey(sam, { ...again, answer: device.create(options) })).rejects.toThrow(REFUSED);
});

test('an offer runs out', async () => {
  const sam = await world.person();
  const options = await offerPasskey(sam);
  await world.db.prisma.challenge.updateMany({ data: { expires: new Date(Date.now() - 1) } });
  const answer = new Authenticator(ORIGIN).create(options);
  await expect(addPasskey(sam, { name: 'Phone', answer })).rejects.toThrow(REFUSED);
});
