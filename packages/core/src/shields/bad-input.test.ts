import { HOUR, SECOND } from '@secateur/base';
import { DEMO } from '@secateur/sandbox';
import { freshDatabase, type TestDatabase } from '@secateur/testing';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { listConnections, reconnect } from '../connections/index.ts';
import { around, type Life, startLife } from '../testing/index.ts';
import { getPreview, getShield, raise } from './index.ts';

let database: TestDatabase;
let life: Life;
let connectionId: string;
beforeAll(async () => {
  database = await freshDatabase();
  life = await startLife({ urls: database, world: 'demo' });
  connectionId = await life.connect(DEMO.handle, DEMO.password);
});
afterAll(async () => {
  await life.close();
  await database.close();
});

async function previewOf(query: string, more: object = {}) {
  const { id } = await life.preview({ query, connectionIds: [connectionId], ...more });
  await life.drain.run();
  return getPreview(life.member, { id });
}

async function connected(id: string) {
  return (await listConnections(life.member)).find((c) => c.id === id);
}

test('an unknown handle is said to be unknown, and what was typed is kept', async () => {
  const preview = await previewOf('nobody-has-this.sandbox.test');
  expect(preview).toMatchObject({ state: 'failed', problem: 'unknown_handle', query: 'nobody-has-this.sandbox.test' });
  await expect(raise(life.member, { id: preview.id })).rejects.toMatchObject({ problem: 'invalid_input' });
});

test('nobody shields against their own account', async () => {
  expect(await previewOf(`@${DEMO.handle}`)).toMatchObject({ state: 'failed', problem: 'yourself' });
});

test('an account that was put away is said to be', async () => {
  const person = await life.sandbox.control.person('grudge.sandbox.test#1000');
  expect(await previewOf(person?.handle ?? '')).toMatchObject({ state: 'failed', problem: 'deactivated_account' });
});

test('a crowd of more than twenty times the capacity is refused, and nothing is listed', async () => {
  const preview = await previewOf('legion.sandbox.test');
  expect(preview).toMatchObject({ state: 'failed', problem: 'crowd_too_large', listed: 0 });
  expect(preview.cost).toMatchObject({ tooLarge: true, most: 2_000_000 });
  await expect(raise(life.member, { id: preview.id })).rejects.toMatchObject({ problem: 'crowd_too_large' });
  expect(await previewOf('legion.sandbox.test', { includeFollowers: false })).toMatchObject({
    state: 'ready',
    problem: null,
  });
});

test('a network that is away is waited for, and the preview goes on by itself', async () => {
  await life.sandbox.control.addFault({ kind: '503' });
  const { id } = await life.preview({ query: 'grudge.sandbox.test', connectionIds: [connectionId] });
  await life.drain.run();
  await life.sandbox.control.advance(10 * SECOND);
  await life.drain.run();
  expect(await getPreview(life.member, { id })).toMatchObject({ problem: 'network_down' });
  await life.sandbox.control.clearFaults();
  await life.sandbox.control.advance(20 * SECOND);
  await life.drain.run();
  expect(await getPreview(life.member, { id })).toMatchObject({ state: 'ready', problem: null });
});

test('a wrong app password is refused, and a right one mends it', async () => {
  const made = await life.sandbox.control.addAccounts([{ handle: 'second.sandbox.test', password: 'right' }]);
  const id = await life.connect('second.sandbox.test', 'wrong');
  expect(await connected(id)).toMatchObject({ state: 'refused', problem: 'wrong_password' });
  await reconnect(life.member, { id, password: 'right' });
  await life.drain.run();
  expect(await connected(id)).toMatchObject({ state: 'ready', problem: null });
  expect(made).toHaveLength(1);
});

test('an account that another tenant connected stays there, and nothing is said about whose it is', async () => {
  const stranger = await life.stranger();
  const id = await life.connect(DEMO.handle, DEMO.password, stranger);
  const [row] = await listConnections(stranger);
  expect(row).toMatchObject({ id, state: 'elsewhere', problem: null });
});

test('a revoked token stops the shield visibly, loses nothing, and a new password lets it go on', async () => {
  const { id } = await life.preview({ query: 'grudge.sandbox.test', connectionIds: [connectionId], hold: '7d' });
  await life.drain.run();
  await raise(life.member, { id });
  await life.sandbox.control.perform({ do: 'revoke-sessions', account: DEMO.handle });
  await life.drain.run();
  expect(await connected(connectionId)).toMatchObject({ state: 'revoked', problem: 'connection_revoked' });
  const stopped = await getShield(life.member, { id });
  expect(stopped.waiting?.why).toBe('connection');
  expect(stopped.counts.done).toBe(0);
  await reconnect(life.member, { id: connectionId, password: DEMO.password });
  await life.drain.run();
  expect(await connected(connectionId)).toMatchObject({ state: 'ready' });
  // What was refused is counted as spent: the rest takes its turn in the next hour.
  await life.sandbox.control.advance(2 * HOUR);
  await life.drain.run();
  const shield = await getShield(life.member, { id });
  expect(shield).toMatchObject({ state: 'holding', waiting: null });
  expect(shield.counts.done).toBeGreaterThan(1_000);
});

test('what does not fit is refused before anything is written', async () => {
  await expect(life.preview({ query: '  ', connectionIds: [connectionId] })).rejects.toThrow();
  await expect(life.preview({ sources: [], connectionIds: [connectionId] })).rejects.toThrow();
  await expect(life.preview({ query: 'x', threshold: 2, connectionIds: [connectionId] })).rejects.toMatchObject({
    problem: 'threshold_too_high',
  });
  const elsewhere = [{ kind: 'followers' as const, network: 'mastodon' as const, query: 'a@b.example' }];
  await expect(
    life.preview({ sources: [...around('x'), ...elsewhere], connectionIds: [connectionId] }),
  ).rejects.toMatchObject({ problem: 'no_account_there', data: { network: 'mastodon' } });
  await expect(life.preview({ query: 'x', connectionIds: [life.member.actor.userId] })).rejects.toMatchObject({
    problem: 'not_found',
  });
});
