import { Refusal } from '@secateur/base';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { halfWayIn, withPasskey } from '../fixtures/with-passkey.ts';
import { openWorld, type Person, type World } from '../fixtures/world.ts';
import { liveSession } from '../sign-in/live-session.ts';
import { hashCode, makeCodes, recoveryKey } from './codes.ts';
import { enterByCode } from './enter.ts';
import { makeRecoveryCodes } from './make.ts';

let world: World;
beforeAll(async () => {
  world = await openWorld();
});
afterAll(() => world.close());

const REFUSED = new Refusal('code_refused');

async function personWithCodes(): Promise<{ sam: Person; codes: string[] }> {
  const sam = await world.person();
  await withPasskey(sam);
  return { sam, codes: (await makeRecoveryCodes(sam)).codes };
}

test('codes are ten, all different, of sixty bits, and easy to read', () => {
  const codes = [...makeCodes(), ...makeCodes()];
  expect(new Set(codes).size).toBe(20);
  for (const code of codes) expect(code).toMatch(/^([0-9A-HJKMNP-TV-Z]{4}-){2}[0-9A-HJKMNP-TV-Z]{4}$/);
});

test('a code is the same however it is typed, and another for somebody else or with another key', () => {
  const key = recoveryKey('one');
  const typed = ['0123-ABCD-1XYZ', ' 0123 abcd 1xyz', 'o123abcdlxyz', 'O123ABCDIXYZ'];
  expect(new Set(typed.map((code) => Buffer.from(hashCode(key, 'sam', code)).toString('hex'))).size).toBe(1);
  const [code = ''] = typed;
  expect(hashCode(key, 'kim', code)).not.toEqual(hashCode(key, 'sam', code));
  expect(hashCode(recoveryKey('two'), 'sam', code)).not.toEqual(hashCode(key, 'sam', code));
});

test('a code opens a session once, after the mailbox; both addresses hear of it, and the trail says so', async () => {
  const { sam, codes } = await personWithCodes();
  const second = `second-${sam.user.email}`;
  await world.db.prisma.secondContact.create({ data: { userId: sam.user.id, email: second, verifiedAt: new Date() } });
  const [code = '', next = ''] = codes;
  const browser = await halfWayIn(world, sam.user.id);
  expect(await enterByCode(browser, { code: code.toLowerCase(), back: '/people' })).toEqual({ to: '/people' });
  const session = await liveSession(world.db.prisma, browser.visitor.sessionToken ?? '');
  expect(session).toMatchObject({ userId: sam.user.id, how: 'recovery', verifiedAt: null });
  for (const address of [sam.user.email, second]) {
    expect(world.mails(address).at(-1)).toContain('recovery code. 9 codes are left');
  }
  expect((await world.trail(sam.tenantId)).map(({ action }) => action)).toContain('recovery.used');
  const again = await halfWayIn(world, sam.user.id);
  await expect(enterByCode(again, { code })).rejects.toThrow(REFUSED);
  await enterByCode(again, { code: next });
});

test('without the mailbox a code is nothing, and neither is somebody else’s', async () => {
  const [{ codes }, other] = [await personWithCodes(), await personWithCodes()];
  const [code = ''] = codes;
  await expect(enterByCode(world.stranger(), { code })).rejects.toThrow(REFUSED);
  await expect(enterByCode(await halfWayIn(world, other.sam.user.id), { code })).rejects.toThrow(REFUSED);
});

test('of two uses at once one gets in', async () => {
  const { sam, codes } = await personWithCodes();
  const [code = ''] = codes;
  const browsers = [await halfWayIn(world, sam.user.id), await halfWayIn(world, sam.user.id)];
  const tries = await Promise.allSettled(browsers.map((browser) => enterByCode(browser, { code })));
  expect(tries.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
});

test('being half way in is good for one session, whatever codes there are', async () => {
  const { sam, codes } = await personWithCodes();
  const browser = await halfWayIn(world, sam.user.id);
  const tries = await Promise.allSettled(codes.slice(0, 2).map((code) => enterByCode(browser, { code })));
  expect(tries.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
});

test('after ten tries in an hour not even the right code works, and every failure is in the trail', async () => {
  const { sam, codes } = await personWithCodes();
  const [code = ''] = codes;
  const browser = await halfWayIn(world, sam.user.id);
  for (let i = 0; i < 10; i++) await expect(enterByCode(browser, { code: `WRONG-${i}` })).rejects.toThrow(REFUSED);
  await expect(enterByCode(browser, { code })).rejects.toThrow(new Refusal('too_many_tries'));
  const failed = (await world.trail(sam.tenantId)).filter(({ action }) => action === 'recovery.failed');
  expect(failed).toHaveLength(10);
  await world.db.prisma.recoveryTries.updateMany({ data: { since: new Date(Date.now() - 3_700_000) } });
  await enterByCode(browser, { code });
});

test('new codes end the old ones, and none is stored as it is', async () => {
  const { sam, codes } = await personWithCodes();
  const fresh = (await makeRecoveryCodes(sam)).codes;
  const [old = ''] = codes;
  await expect(enterByCode(await halfWayIn(world, sam.user.id), { code: old })).rejects.toThrow(REFUSED);
  const { rows } = await world.db.pool.query('select recovery_codes::text as all from recovery_codes');
  for (const code of fresh) expect(JSON.stringify(rows)).not.toContain(code);
});
