import { DAY } from '@secateur/base';
import { withTenant } from '@secateur/db';
import type { Command } from '@secateur/sandbox';
import { freshDatabase } from '@secateur/testing';
import { beforeEach, expect, test } from 'vitest';
import { coverEnd } from '../effects/policy/index.ts';
import { undoShown } from '../ledger/index.ts';
import { type Life, startLife } from '../testing/index.ts';
import { callOff, extend, getOrder, getShield, listTargets, raise, renew, undoAll, undoSome } from './index.ts';

const ME = 'me.sandbox.test';
const TROLL = 'troll.sandbox.test';
const OTHER = 'other.sandbox.test';
const WORLD: Command[] = [
  {
    do: 'add-accounts',
    accounts: [
      { handle: ME, password: 'pass-word' },
      { handle: TROLL, followers: 60 },
      { handle: OTHER, followers: 2 },
    ],
  },
  { do: 'follow', account: `${TROLL}#0`, subject: OTHER },
];

let life: Life;
let connectionId: string;
beforeEach(async () => {
  const database = await freshDatabase();
  const started = await startLife({ urls: database, world: WORLD });
  life = started;
  connectionId = await life.connect(ME, 'pass-word');
  return async () => {
    await started.close();
    await database.close();
  };
});

async function shield(query: string, hold: '6w' | 'forever' = '6w'): Promise<string> {
  const { id } = await life.preview({ query, connectionIds: [connectionId], hold });
  await life.drain.run();
  await raise(life.member, { id });
  await life.drain.run();
  return id;
}

async function blocked(): Promise<number> {
  const repos = await life.sandbox.control.records('app.bsky.graph.block', ME);
  return repos.flatMap(({ records }) => records).length;
}

async function pass(ms: number): Promise<void> {
  await life.sandbox.control.advance(ms);
  await life.drain.run();
}

test('everything is let go over the days that were chosen, and counted', async () => {
  const ids = [await shield(TROLL, 'forever'), await shield(OTHER)];
  expect(await blocked()).toBe(64);
  const { id } = await undoAll(life.member, { days: 7 });
  await life.drain.run();
  expect(await blocked()).toBeGreaterThan(60);
  expect(await getOrder(life.member)).toMatchObject({ id, held: 65, running: true, calledOffAt: null });
  const seen: number[] = [];
  for (let day = 0; day < 7; day += 1) {
    await pass(DAY);
    seen.push(await blocked());
  }
  expect(seen.at(-1)).toBe(0);
  // Every day some, and never most of them on one.
  for (const [i, left] of seen.entries()) {
    const gone = (seen[i - 1] ?? 64) - left;
    expect(gone, seen.join(' ')).toBeGreaterThan(0);
    expect(gone, seen.join(' ')).toBeLessThan(30);
  }
  for (const shieldId of ids) expect((await getShield(life.member, { id: shieldId })).state).toBe('ended');
  const { items } = await listTargets(life.member, { id: ids[1] ?? '', filter: 'all', after: null });
  expect(new Set(items.map(({ reason }) => reason))).toEqual(new Set(['undone']));
  expect(await getOrder(life.member)).toMatchObject({ left: 0, running: false });
  await expect(undoAll(life.member, { days: 0 })).rejects.toMatchObject({ problem: 'already_done' });
});

test('what is due is due when the policy ends it', async () => {
  const id = await shield(TROLL, 'forever');
  await undoAll(life.member, { days: 28 });
  await life.drain.run();
  const { tenantId } = life.member.actor;
  const { row, effects } = await withTenant(life.worker.prisma, tenantId, async (tx) => ({
    row: await tx.shield.findUniqueOrThrow({ where: { tenantId_id: { tenantId, id } } }),
    effects: await tx.effect.findMany({ where: { tenantId, state: 'applied' } }),
  }));
  expect(effects.length).toBeGreaterThan(55);
  for (const { profileId, dueAt, confirmedAt } of effects) {
    const end = coverEnd(
      { ...row, shieldId: id, endedFor: null, coveredAt: null },
      profileId,
      confirmedAt ?? new Date(0),
    );
    expect(dueAt).toEqual(end?.at);
  }
});

test('called off, what is still held stays until its time, and nothing comes back', async () => {
  const shieldId = await shield(TROLL);
  const { id } = await undoAll(life.member, { days: 28 });
  await expect(extend(life.member, { id: shieldId, hold: '1y' })).rejects.toMatchObject({ problem: 'already_done' });
  await pass(10 * DAY);
  const left = await blocked();
  expect(left).toBeGreaterThan(10);
  expect(left).toBeLessThan(60);
  await expect(callOff(await life.stranger(), { id })).rejects.toMatchObject({ problem: 'not_found' });
  await callOff(life.member, { id });
  await pass(25 * DAY);
  expect(await blocked()).toBe(left);
  expect(await getOrder(life.member)).toMatchObject({ running: false, calledOffAt: expect.any(Date) });
  await expect(callOff(life.member, { id })).rejects.toMatchObject({ problem: 'not_found' });
  await pass(15 * DAY);
  expect(await blocked()).toBe(0);
});

test('at once is at once', async () => {
  await shield(TROLL, 'forever');
  await undoAll(life.member, { days: 0 });
  await life.drain.run();
  expect(await blocked()).toBe(0);
});

test('some are undone, of several shields in one press; whom another shield covers stays', async () => {
  const ids = [await shield(TROLL), await shield(OTHER)];
  const pages = await Promise.all(ids.map((id) => listTargets(life.member, { id, filter: 'all', after: null })));
  const [inTroll = [], inOther = []] = pages.map(({ items }) => items);
  const both = inTroll.find((one) => inOther.some(({ profileId }) => profileId === one.profileId));
  const alone = inOther.find((one) => one.profileId !== both?.profileId);
  const key = (shieldId = '', { accountId = '', profileId = '' } = {}) => ({
    shieldId,
    accountId,
    profileId,
    action: 'block',
  });
  const targets = [key(ids[0], both), key(ids[1], alone)];
  const before = await blocked();
  expect(await undoSome(life.member, { targets })).toEqual({ count: 2 });
  await life.drain.run();
  expect(await blocked()).toBe(before - 1);
  expect((await getShield(life.member, { id: ids[0] ?? '' })).counts.over).toBe(1);
  await expect(undoSome(life.member, { targets })).rejects.toMatchObject({ problem: 'already_done' });
  const stranger = await life.stranger();
  await expect(undoSome(stranger, { targets })).rejects.toMatchObject({ problem: 'not_found' });
});

test('a renewal holds everybody longer by as much, and is offered no more', async () => {
  const id = await shield(TROLL);
  expect((await getShield(life.member, { id })).renewal).toBeNull();
  await pass(40 * DAY);
  expect((await getShield(life.member, { id })).renewal).toBe((42 * DAY) / 1000);
  await renew(life.member, { ids: [id] });
  expect((await getShield(life.member, { id })).renewal).toBeNull();
  await pass(40 * DAY);
  expect(await blocked()).toBe(61);
  await pass(10 * DAY);
  expect(await blocked()).toBe(0);
});

test('everyone whom a filter shows is undone step by step, and nobody else', async () => {
  const ids = [await shield(TROLL), await shield(OTHER)];
  const everybody = { term: null, network: null, connectionId: null, action: null, standing: null, reason: null };
  const filter = { ...everybody, shieldId: ids[1] ?? '' };
  const before = await blocked();
  expect(await undoShown(life.member, { ...filter, after: null })).toEqual({ count: 4, next: null });
  await life.drain.run();
  // One of them another shield covers too.
  expect(await blocked()).toBe(before - 3);
  expect(await undoShown(life.member, { ...filter, after: null })).toEqual({ count: 0, next: null });
  expect(await undoShown(await life.stranger(), { ...filter, after: null })).toEqual({ count: 0, next: null });
});
