import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { type Sandbox, startSandbox } from '../start.ts';
import { PASSWORD, SMALL_WORLD, VICTIM } from '../testing/small-world.ts';
import { type Tokens, type Wire, wireTo } from '../testing/wire.ts';

let sandbox: Sandbox;
let wire: Wire;
beforeAll(async () => {
  sandbox = await startSandbox({ world: SMALL_WORLD });
  wire = wireTo(sandbox.url);
});
afterAll(() => sandbox.close());
beforeEach(() => sandbox.control.reset());

const SIGN_IN = 'com.atproto.server.createSession';
const session = (token: string) =>
  wire.call<{ did?: string; error?: string }>('com.atproto.server.getSession', { token });
const refresh = (token: string) =>
  wire.call<Tokens & { error?: string }>('com.atproto.server.refreshSession', { token, body: {} });
const blocks = (token: string) => wire.call<{ error?: string }>('app.bsky.graph.getBlocks', { token });
const errorOf = ({ status, body }: { status: number; body: { error?: string } }) => [status, body.error];

test('signing in gives two tokens whose expiry a client can read, in the sandbox’s time', async () => {
  await sandbox.control.advance(86_400_000);
  const { accessJwt, did } = await wire.signIn(VICTIM, PASSWORD);
  const claims = JSON.parse(Buffer.from(accessJwt.split('.')[1] ?? '', 'base64url').toString());
  expect(claims).toMatchObject({ sub: did, scope: 'com.atproto.appPass' });
  const { now } = await sandbox.control.clock();
  expect(Math.abs(claims.exp * 1_000 - now - 2 * 3_600_000)).toBeLessThan(60_000);
});

test('a wrong password and an unknown name are refused in the same words', async () => {
  const wrong = await wire.call(SIGN_IN, { body: { identifier: VICTIM, password: 'x' } });
  const unknown = await wire.call(SIGN_IN, { body: { identifier: 'who.sandbox.test', password: PASSWORD } });
  expect([wrong.status, wrong.body]).toEqual([
    401,
    { error: 'AuthenticationRequired', message: 'Invalid identifier or password' },
  ]);
  expect([unknown.status, unknown.body]).toEqual([wrong.status, wrong.body]);
});

test('an account with a second factor asks for the code', async () => {
  await sandbox.control.addAccounts([{ handle: 'two.sandbox.test', password: PASSWORD, secondFactor: true }]);
  const body = { identifier: 'two.sandbox.test', password: PASSWORD };
  expect(errorOf(await wire.call(SIGN_IN, { body }))).toEqual([401, 'AuthFactorTokenRequired']);
  expect((await wire.call(SIGN_IN, { body: { ...body, authFactorToken: 'ABCDE-12345' } })).status).toBe(200);
});

test('a refresh token works once', async () => {
  const { refreshJwt } = await wire.signIn(VICTIM, PASSWORD);
  const turned = await refresh(refreshJwt);
  expect(turned.status).toBe(200);
  expect(errorOf(await refresh(refreshJwt))).toEqual([400, 'ExpiredToken']);
  expect((await refresh(turned.body.refreshJwt)).status).toBe(200);
});

test('an access token runs out after two hours, a refresh token after ninety days', async () => {
  const { accessJwt, refreshJwt } = await wire.signIn(VICTIM, PASSWORD);
  await sandbox.control.advance(2 * 3_600_000);
  expect(errorOf(await session(accessJwt))).toEqual([400, 'ExpiredToken']);
  await sandbox.control.advance(90 * 86_400_000);
  expect(errorOf(await refresh(refreshJwt))).toEqual([400, 'ExpiredToken']);
});

test('tokens that are none, forged, missing or of the other kind', async () => {
  const { accessJwt, refreshJwt } = await wire.signIn(VICTIM, PASSWORD);
  expect(errorOf(await session('nonsense'))).toEqual([400, 'InvalidToken']);
  expect(errorOf(await session(`${accessJwt.slice(0, -8)}AAAAAAAA`))).toEqual([400, 'InvalidToken']);
  expect(errorOf(await session(refreshJwt))).toEqual([400, 'InvalidToken']);
  expect(errorOf(await refresh(accessJwt))).toEqual([400, 'InvalidToken']);
  expect(errorOf(await wire.call('app.bsky.graph.getBlocks'))).toEqual([401, 'AuthMissing']);
});

test('deleting a session ends its refresh token, revoking ends both, and the password still opens', async () => {
  const one = await wire.signIn(VICTIM, PASSWORD);
  await wire.call('com.atproto.server.deleteSession', { token: one.refreshJwt, body: {} });
  expect((await session(one.accessJwt)).status).toBe(200);
  expect(errorOf(await refresh(one.refreshJwt))).toEqual([400, 'ExpiredToken']);
  await sandbox.control.perform({ do: 'revoke-sessions', account: VICTIM });
  expect(errorOf(await session(one.accessJwt))).toEqual([400, 'InvalidToken']);
  expect((await session((await wire.signIn(VICTIM, PASSWORD)).accessJwt)).status).toBe(200);
});

test('one’s own account put away or taken down is told as such', async () => {
  const { accessJwt } = await wire.signIn(VICTIM, PASSWORD);
  await sandbox.control.perform({ do: 'set-status', account: VICTIM, status: 'deactivated' });
  expect(errorOf(await blocks(accessJwt))).toEqual([401, 'AccountDeactivated']);
  const back = await wire.call<{ active: boolean; status: string }>(SIGN_IN, {
    body: { identifier: VICTIM, password: PASSWORD },
  });
  expect(back.body).toMatchObject({ active: false, status: 'deactivated' });
  await sandbox.control.perform({ do: 'set-status', account: VICTIM, status: 'suspended' });
  expect(errorOf(await blocks(accessJwt))).toEqual([401, 'AccountTakedown']);
  expect(errorOf(await wire.call(SIGN_IN, { body: { identifier: VICTIM, password: PASSWORD } }))).toEqual([
    401,
    'AccountTakedown',
  ]);
});
