import { DAY, HOUR, MINUTE } from '@secateur/base';
import { DEMO } from '@secateur/sandbox';
import { freshDatabase, type TestDatabase } from '@secateur/testing';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Life, startLife } from '../testing/index.ts';
import { cancel, extend, getPreview, getShield, listTargets, pause, raise, resume, undo, undoTarget } from './index.ts';

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

const GRUDGE = 'grudge.sandbox.test';
const FOLLOWERS = 'app.bsky.graph.follow';

async function records() {
  return (await life.sandbox.control.records('app.bsky.graph.block', DEMO.handle)).flatMap((r) => r.records);
}

/** Subjects of what Secateur made. */
async function ours(): Promise<string[]> {
  return (await records()).filter((r) => r.by === 'app').map((r) => r.subject);
}

async function byHand(): Promise<string[]> {
  return (await records()).filter((r) => r.by === 'hand').map((r) => r.subject);
}

/** Previews and drains once an hour's budget is whole again. */
async function previewed(input: Partial<Parameters<Life['preview']>[0]> = {}): Promise<string> {
  await pass(2 * HOUR);
  const { id } = await life.preview({ query: GRUDGE, connectionIds: [connectionId], hold: '7d', ...input });
  await life.drain.run();
  return id;
}

async function raised(input: Partial<Parameters<Life['preview']>[0]> = {}): Promise<string> {
  const id = await previewed(input);
  await raise(life.member, { id });
  await life.drain.run();
  return id;
}

/** Lets time pass and the workers do what comes due. */
async function pass(ms: number): Promise<void> {
  await life.sandbox.control.advance(ms);
  await life.drain.run();
}

async function outcomeOf(id: string, handle: string) {
  let after: { profileId: string; accountId: string } | null = null;
  do {
    const page: Awaited<ReturnType<typeof listTargets>> = await listTargets(life.member, { id, filter: 'all', after });
    const found = page.items.find((t) => t.handle === handle);
    if (found) return found;
    after = page.next;
  } while (after);
  throw new Error(`${handle} is no target`);
}

test('the crowd is blocked, own people are spared, and when the time is up exactly ours are gone', async () => {
  const before = await byHand();
  expect(before).toHaveLength(7);
  const { id } = await life.preview({ query: `@${GRUDGE}`, connectionIds: [connectionId], hold: '7d' });
  await life.drain.run();
  const preview = await getPreview(life.member, { id });
  expect(preview).toMatchObject({ state: 'ready', peopleKnown: true, already: 4, problem: null });
  expect(preview.sparedPeople).toHaveLength(18);
  expect(await ours()).toEqual([]);

  await raise(life.member, { id });
  await life.drain.run();
  const shield = await getShield(life.member, { id });
  expect(shield).toMatchObject({ state: 'holding', waiting: null, problem: null });
  expect(shield.counts).toMatchObject({ spared: 18, already: 4, pending: 0, failed: 0, over: 0, done: preview.toDo });
  expect(shield.tokens).toEqual({ held: 0, charged: preview.toDo });
  const made = await ours();
  expect(new Set(made).size).toBe(preview.toDo);
  expect(made).toHaveLength(preview.toDo);
  const crowd = new Set([
    ...(await life.sandbox.control.records(FOLLOWERS, DEMO.handle)).flatMap((r) => r.records.map((f) => f.subject)),
  ]);
  expect(made.filter((did) => crowd.has(did))).toEqual([]);

  await pass(7 * DAY - MINUTE);
  expect(await ours()).toHaveLength(preview.toDo);
  await pass(0.4 * DAY);
  expect(await ours()).toEqual([]);
  expect((await byHand()).sort()).toEqual(before.sort());
  const ended = await getShield(life.member, { id });
  expect(ended.state).toBe('ended');
  expect(ended.counts).toMatchObject({ done: 0, over: preview.toDo });
});

describe('where shields overlap', () => {
  test('an effect is lifted when the last shield that covers it has ended, not before', async () => {
    const short = await raised({ hold: '1d' });
    const made = (await ours()).length;
    const long = await raised({ hold: '3d' });
    expect(await ours()).toHaveLength(made);
    expect((await getShield(life.member, { id: long })).counts).toMatchObject({ done: made, pending: 0 });
    await pass(1.2 * DAY);
    expect(await ours()).toHaveLength(made);
    expect((await getShield(life.member, { id: short })).state).toBe('ended');
    expect((await outcomeOf(short, GRUDGE)).outcome).toBe('kept_by_another');
    await pass(2 * DAY);
    expect(await ours()).toEqual([]);
    expect((await getShield(life.member, { id: long })).state).toBe('ended');
  });

  test('undoing one leaves what the other still covers', async () => {
    const whole = await raised({ hold: 'forever' });
    const made = (await ours()).length;
    const one = await raised({ hold: 'forever', includeFollowers: false });
    await undo(life.member, { id: whole });
    await pass(2 * HOUR);
    expect(await ours()).toHaveLength(1);
    expect(made).toBeGreaterThan(1);
    await undo(life.member, { id: one });
    await life.drain.run();
    expect(await ours()).toEqual([]);
  });
});

test('a shield that is paused makes nothing until it is resumed', async () => {
  const id = await previewed({ hold: '1d' });
  await raise(life.member, { id });
  await pause(life.member, { id });
  await life.drain.run();
  expect(await ours()).toEqual([]);
  await resume(life.member, { id });
  await life.drain.run();
  expect((await ours()).length).toBeGreaterThan(1_000);
  await undo(life.member, { id });
  await pass(2 * HOUR);
});

test('extending and shortening move the ends of what is held already', async () => {
  const id = await raised({ hold: '1d', includeFollowers: false });
  await extend(life.member, { id, hold: '7d' });
  await pass(3 * DAY);
  expect(await ours()).toHaveLength(1);
  await extend(life.member, { id, hold: '1d' });
  await life.drain.run();
  expect(await ours()).toEqual([]);
});

test('cancelling keeps what is done until its time and makes nothing more', async () => {
  const id = await previewed({ hold: '1d' });
  await raise(life.member, { id });
  for (let i = 0; i < 2; i += 1) await life.drain.step();
  await cancel(life.member, { id });
  await life.drain.run();
  const kept = (await ours()).length;
  const shield = await getShield(life.member, { id });
  expect(shield.counts).toMatchObject({ pending: 0, done: kept });
  await pass(1.2 * DAY);
  expect(await ours()).toEqual([]);
  expect((await getShield(life.member, { id })).state).toBe('ended');
});

test('one target can be undone alone', async () => {
  const id = await raised({ hold: 'forever' });
  const made = (await ours()).length;
  const target = await outcomeOf(id, GRUDGE);
  expect(target.outcome).toBe('done');
  await undoTarget(life.member, { id, accountId: target.accountId, profileId: target.profileId });
  await life.drain.run();
  expect(await ours()).toHaveLength(made - 1);
  expect(await outcomeOf(id, GRUDGE)).toMatchObject({ outcome: 'lifted', reason: 'undone_one' });
  await undo(life.member, { id });
  await pass(2 * HOUR);
  expect(await ours()).toEqual([]);
});

test('what the user unblocks by hand stays unblocked, and is never made again by the same shield', async () => {
  const id = await raised({ hold: '30d' });
  const made = (await ours()).length;
  await life.sandbox.control.perform({ do: 'unblock', account: DEMO.handle, subject: GRUDGE });
  await pass(1.5 * DAY);
  expect(await ours()).toHaveLength(made - 1);
  expect(await outcomeOf(id, GRUDGE)).toMatchObject({ outcome: 'lifted_by_you' });
  await pass(32 * DAY);
  expect(await ours()).toEqual([]);
});

test('a second block made by hand on top of ours stays when ours goes', async () => {
  const id = await raised({ hold: '1d', includeFollowers: false });
  await life.sandbox.control.perform({ do: 'block', account: DEMO.handle, subject: GRUDGE, beside: true });
  const hands = await byHand();
  await pass(1.2 * DAY);
  expect(await ours()).toEqual([]);
  expect((await byHand()).sort()).toEqual(hands.sort());
  expect((await getShield(life.member, { id })).state).toBe('ended');
  await life.sandbox.control.perform({ do: 'unblock', account: DEMO.handle, subject: GRUDGE });
});

test('somebody followed after the plan is spared at the moment of writing', async () => {
  const id = await previewed({ hold: '1d' });
  await raise(life.member, { id });
  // The plan is the next job; the accounts' turn comes after it.
  await life.drain.step();
  await life.sandbox.control.perform({ do: 'follow', account: DEMO.handle, subject: `${GRUDGE}#100` });
  await life.drain.run();
  const friend = await life.sandbox.control.person(`${GRUDGE}#100`);
  expect(await ours()).not.toContain(friend?.did);
  expect(await outcomeOf(id, friend?.handle ?? '')).toMatchObject({ outcome: 'spared', reason: 'you_follow' });
  await undo(life.member, { id });
  await pass(2 * HOUR);
});

test('a mute is private, made one by one, and lifted like a block', async () => {
  const before = await life.sandbox.control.mutes(DEMO.handle);
  const id = await raised({ action: 'mute', hold: '1d', includeFollowers: false });
  expect(await life.sandbox.control.mutes(DEMO.handle)).toHaveLength(before.length + 1);
  expect((await getShield(life.member, { id })).public).toBe(false);
  await pass(1.2 * DAY);
  expect(await life.sandbox.control.mutes(DEMO.handle)).toEqual(before);
});
