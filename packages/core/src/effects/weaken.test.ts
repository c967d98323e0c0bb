import { profileId } from '@secateur/base';
import type { Command } from '@secateur/sandbox';
import { freshDatabase, type TestDatabase } from '@secateur/testing';
import pg from 'pg';
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest';
import { type CALM_RULES, CHOICES, type Choice, PEOPLE_FRESH, RULED, type Ruled } from '../exemptions/policy/index.ts';
import { getPreview, getShield, listTargets, pause, raise, resume, undo } from '../shields/index.ts';
import { type Life, startLife } from '../testing/index.ts';

const ME = 'me.sandbox.test';
const TROLL = 'troll.sandbox.test';
const PEOPLE = ['mutual', 'followed', 'follower', 'talker', 'popular', 'verified', 'stranger'] as const;
const handle = (name: string) => `${name}.sandbox.test`;
const WORLD: Command[] = [
  {
    do: 'add-accounts',
    accounts: [
      { handle: ME, password: 'pass-word' },
      { handle: TROLL },
      ...PEOPLE.map((name) => ({ handle: handle(name) })),
    ],
  },
  ...PEOPLE.map((name): Command => ({ do: 'follow', account: handle(name), subject: [TROLL] })),
  { do: 'follow', account: ME, subject: [handle('mutual'), handle('followed')] },
  { do: 'follow', account: handle('mutual'), subject: [ME] },
  { do: 'follow', account: handle('follower'), subject: [ME] },
  { do: 'post', account: ME, mentions: [handle('talker')] },
  // Writing to somebody is what a crowd does, and no talk.
  { do: 'post', account: handle('stranger'), mentions: [ME] },
];

let database: TestDatabase;
let life: Life;
let admin: pg.Client;
let connectionId: string;
const dids = new Map<string, string>();
beforeAll(async () => {
  database = await freshDatabase();
  admin = new pg.Client(database.admin);
  await admin.connect();
  life = await startLife({ urls: database, world: WORLD });
  connectionId = await life.connect(ME, 'pass-word');
  for (const name of [...PEOPLE, 'troll']) dids.set(name, (await life.sandbox.control.person(handle(name)))?.did ?? '');
});
/** What a tenant's bucket holds when nothing was ever spent. */
const CAPACITY = 100_000;
let shields: string[] = [];
let tokens = 0;
beforeEach(async () => {
  shields = [];
  tokens = (await left()) || CAPACITY;
});
/** What a test raised is taken back whole: nothing stays on the network, and no token is lost or made. */
afterEach(async () => {
  for (const name of ['stranger', 'popular']) {
    await life.sandbox.control.perform({ do: 'unfollow', account: ME, subject: [handle(name)] });
    await life.sandbox.control.perform({ do: 'unmute', account: ME, subject: handle(name) });
  }
  let charged = 0;
  for (const id of shields) {
    if ((await getShield(life.member, { id })).state !== 'ended') await undo(life.member, { id });
    await life.drain.run();
    const { state, tokens: spent } = await getShield(life.member, { id });
    expect({ state, held: spent.held }).toEqual({ state: 'ended', held: 0 });
    charged += spent.charged;
  }
  expect(await held()).toEqual({ blocked: [], muted: [] });
  expect((await left()) + charged).toBe(tokens);
});
afterAll(async () => {
  await life.close();
  await admin.end();
  await database.close();
});

async function left(): Promise<number> {
  const { rows } = await admin.query(
    `SELECT coalesce(sum(level), 0)::float8 AS level FROM quotas WHERE account_id = '00000000-0000-0000-0000-000000000000'`,
  );
  return Math.round(rows[0].level);
}

/** Whom the account blocks and mutes, as the network says. */
async function held(): Promise<{ blocked: string[]; muted: string[] }> {
  const name = (did: string) => [...dids].find(([, one]) => one === did)?.[0] ?? did;
  const records = await life.sandbox.control.records('app.bsky.graph.block', ME);
  const muted = await life.sandbox.control.mutes(ME);
  return {
    blocked: records.flatMap((r) => r.records.map((one) => name(one.subject))).sort(),
    muted: muted.map(name).sort(),
  };
}

type Rules = Partial<Record<keyof typeof CALM_RULES, Choice | number>>;
const NOTHING: Rules = { forFollows: 'nothing', forFollowers: 'nothing', forMutuals: 'nothing' };
const COLUMN: Record<Ruled, keyof typeof CALM_RULES> = {
  mutual: 'forMutuals',
  you_follow: 'forFollows',
  follows_you: 'forFollowers',
  talked: 'forTalked',
  verified: 'forVerified',
  popular: 'forPopular',
};

async function previewed(rules: Rules, action: 'block' | 'mute' = 'block'): Promise<string> {
  const crowd = { query: TROLL, connectionIds: [connectionId], includeAccount: false };
  const { id } = await life.preview({ ...crowd, hold: 'forever', action, ...(rules as object) });
  return id;
}

/** Raises and plans the shields that were previewed against the troll's followers; nothing is sent. */
async function planned(...previews: Promise<string>[]): Promise<string[]> {
  const ids = await Promise.all(previews);
  await life.drain.run();
  await describe();
  for (const id of ids) await raise(life.member, { id });
  for (const _ of ids) await life.drain.step();
  shields.push(...ids);
  return ids;
}

/** What the network would say of two of them, when it is asked. */
async function describe(): Promise<void> {
  for (const [name, verified, followers] of [
    ['popular', false, 20_000],
    ['verified', true, 3],
  ] as const) {
    await admin.query(
      'UPDATE profiles SET verified = $2, followers = $3, verified_at = $4, followers_at = $4 WHERE id = $1',
      [profileId('bluesky', dids.get(name) ?? ''), verified, followers, life.worker.clock.now()],
    );
  }
}

async function follow(name: string): Promise<void> {
  await life.sandbox.control.perform({ do: 'follow', account: ME, subject: [handle(name)] });
}

async function toldOf(id: string, name: string) {
  const { items } = await listTargets(life.member, { id, filter: 'all', after: null });
  return items.find((item) => item.handle === handle(name));
}

const FOUND: Record<Ruled, string[]> = {
  mutual: ['mutual'],
  you_follow: ['followed', 'mutual'],
  follows_you: ['follower', 'mutual'],
  talked: ['talker'],
  verified: ['verified'],
  popular: ['popular'],
};
const CASES = RULED.flatMap((rule) => CHOICES.map((choice) => ({ rule, choice })));

test.each(CASES)('who is found by $rule alone, when that is to $choice', async ({ rule, choice }) => {
  const [id = ''] = await planned(previewed({ ...NOTHING, [COLUMN[rule]]: choice }));
  await life.drain.run();
  const found = FOUND[rule];
  const others = PEOPLE.filter((name) => !found.includes(name)).sort();
  const all = [...PEOPLE].sort();
  expect(await held()).toEqual({
    blocked: choice === 'nothing' ? all : others,
    muted: choice === 'weaken' ? found : [],
  });
  const { counts, state } = await getShield(life.member, { id });
  const spared = choice === 'spare' ? found.length : 0;
  expect({ state, ...counts }).toMatchObject({ state: 'holding', spared, done: all.length - spared, pending: 0 });
  const one = await toldOf(id, found[0] ?? '');
  expect(one?.reason).toBe(choice === 'spare' ? rule : null);
  expect(one?.weakened).toBe(choice === 'weaken' ? rule : null);
});

test('a preview says by rule whom it would spare and whom it would mute', async () => {
  const rules = { ...NOTHING, forFollows: 'weaken', forFollowers: 'spare', forVerified: 'weaken', forPopular: 'spare' };
  const id = await previewed(rules as Rules);
  await life.drain.run();
  await describe();
  const view = await getPreview(life.member, { id });
  const by = (people: { handle: string; reason: string }[]) =>
    Object.fromEntries(people.map((one) => [one.handle.replace('.sandbox.test', ''), one.reason]));
  expect(by(view.sparedPeople)).toEqual({ follower: 'follows_you', mutual: 'follows_you', popular: 'popular' });
  expect(by(view.weakenedPeople)).toEqual({ followed: 'you_follow', verified: 'verified' });
  expect(view.weakened.map(({ count }) => count)).toEqual([1, 1]);
  expect(view.toDo).toBe(4);
});

test('a preview counts as already so whom it would mute and who is muted, and not who is blocked', async () => {
  const by = { account: ME, subject: handle('popular') };
  const reread = async () => {
    await admin.query(`UPDATE readings SET wake_at = $1 WHERE kind IN ('blocks', 'mutes')`, [life.worker.clock.now()]);
    await life.drain.run();
  };
  const seen = async (action: 'block' | 'mute') => {
    await life.sandbox.control.perform({ do: action, ...by });
    await reread();
    const view = await getPreview(life.member, { id });
    await life.sandbox.control.perform(
      action === 'block' ? { do: 'unblock', account: ME, subject: handle('popular') } : { do: 'unmute', ...by },
    );
    await reread();
    return { already: view.already, toDo: view.toDo };
  };
  const id = await previewed({ ...NOTHING, forPopular: 'weaken' });
  await life.drain.run();
  await describe();
  expect(await seen('block')).toEqual({ already: 0, toDo: PEOPLE.length });
  expect(await seen('mute')).toEqual({ already: 1, toDo: PEOPLE.length - 1 });
});

test('in a shield that mutes there is nothing to weaken: they are muted like all', async () => {
  await planned(previewed({ ...NOTHING, forFollows: 'weaken', forFollowers: 'spare' }, 'mute'));
  await life.drain.run();
  expect(await held()).toEqual({ blocked: [], muted: ['followed', 'popular', 'stranger', 'talker', 'verified'] });
});

test.each(CHOICES)('who was followed after the plan, when that is to %s', async (choice) => {
  const [id = ''] = await planned(previewed({ ...NOTHING, forFollows: choice, forFollowers: 'spare' }));
  const before = (await getShield(life.member, { id })).counts;
  await follow('stranger');
  await life.drain.run();
  const now = await held();
  expect(now.blocked.includes('stranger')).toBe(choice === 'nothing');
  expect(now.muted.includes('stranger')).toBe(choice === 'weaken');
  const { counts, tokens: spent } = await getShield(life.member, { id });
  const spared = before.spared + (choice === 'spare' ? 1 : 0);
  expect(counts).toMatchObject({ total: before.total, spared, pending: 0, done: before.total - spared });
  expect(spent).toEqual({ held: 0, charged: counts.done });
});

/** What was read for the plan becomes too old to write by. Tokens come in with time, so it stands still. */
async function age(): Promise<void> {
  const old = new Date(life.worker.clock.now().getTime() - PEOPLE_FRESH);
  await admin.query(`UPDATE readings SET read_at = $1 WHERE kind = 'talked'`, [old]);
}

test.each(CHOICES)('with whom one talked after the plan, when that is to %s', async (choice) => {
  const [id = ''] = await planned(previewed({ ...NOTHING, forTalked: choice }));
  const before = (await getShield(life.member, { id })).counts;
  await life.sandbox.control.perform({ do: 'post', account: ME, mentions: [handle('popular')] });
  await age();
  await life.drain.run();
  const now = await held();
  expect(now.blocked.includes('popular')).toBe(choice === 'nothing');
  expect(now.muted.includes('popular')).toBe(choice === 'weaken');
  const { counts } = await getShield(life.member, { id });
  const spared = before.spared + (choice === 'spare' ? 1 : 0);
  expect(counts).toMatchObject({ total: before.total, spared, pending: 0, done: before.total - spared });
  const posts = (await life.sandbox.control.posts()).filter(({ author }) => author === ME);
  await life.sandbox.control.perform({ do: 'delete-post', post: posts.at(-1)?.uri ?? '' });
  // It is remembered for as long as the rule looks back: later tests have to meet nobody.
  await admin.query(`UPDATE people SET talked_at = NULL WHERE profile_id = $1`, [
    profileId('bluesky', dids.get('popular') ?? ''),
  ]);
});

test('nothing is written while it can’t be read whom one talked with, and the shield says so', async () => {
  const [id = ''] = await planned(previewed({ ...NOTHING, forTalked: 'spare' }));
  await age();
  await life.sandbox.control.addFault({ method: 'com.atproto.repo.listRecords', kind: '503' });
  await life.drain.run();
  expect((await held()).blocked).toEqual([]);
  expect((await getShield(life.member, { id })).waiting?.why).toBe('people');
  await life.sandbox.control.clearFaults();
  await admin.query('UPDATE network_accounts SET wake_at = $1', [life.worker.clock.now()]);
  await life.drain.run();
  expect((await held()).blocked).not.toContain('talker');
  expect((await getShield(life.member, { id })).counts).toMatchObject({ pending: 0, spared: 1 });
});

test('of whom one talked with nothing is kept once no shield goes by it', async () => {
  const kept = async () =>
    (await admin.query(`SELECT count(*)::int AS n FROM people WHERE talked_at IS NOT NULL`)).rows[0].n;
  const [id = ''] = await planned(previewed({ ...NOTHING, forTalked: 'spare' }));
  expect(await kept()).toBe(1);
  await life.drain.run();
  await undo(life.member, { id });
  await life.drain.run();
  await admin.query(`UPDATE shields SET state = 'discarded' WHERE state = 'preview'`);
  await admin.query(`UPDATE readings SET wake_at = $1 WHERE kind = 'talked'`, [life.worker.clock.now()]);
  await life.drain.run();
  expect(await kept()).toBe(0);
});

test('who was muted by hand before stays muted by hand when they would be weakened after the plan', async () => {
  await life.sandbox.control.perform({ do: 'mute', account: ME, subject: handle('stranger') });
  await admin.query(`UPDATE readings SET wake_at = $1 WHERE kind = 'mutes'`, [life.worker.clock.now()]);
  await life.drain.run();
  const [id = ''] = await planned(previewed({ ...NOTHING, forFollows: 'weaken' }));
  await follow('stranger');
  await life.drain.run();
  expect((await getShield(life.member, { id })).counts).toMatchObject({ already: 1, pending: 0 });
  await undo(life.member, { id });
  await life.drain.run();
  expect((await held()).muted).toEqual(['stranger']);
  await life.sandbox.control.perform({ do: 'unmute', account: ME, subject: handle('stranger') });
  await admin.query(`UPDATE readings SET wake_at = $1 WHERE kind = 'mutes'`, [life.worker.clock.now()]);
  await life.drain.run();
});

test('of two shields one blocks whom the other weakens: both are kept, and each lets go by itself', async () => {
  const weakens = { ...NOTHING, forFollows: 'weaken' } as const;
  const [first = '', second = ''] = await planned(previewed(NOTHING), previewed(weakens));
  await follow('stranger');
  await life.drain.run();
  const both = await held();
  expect([both.blocked.includes('stranger'), both.muted.includes('stranger')]).toEqual([true, true]);
  await undo(life.member, { id: first });
  await life.drain.run();
  const after = await held();
  expect([after.blocked.includes('stranger'), after.muted.includes('stranger')]).toEqual([false, true]);
  expect((await getShield(life.member, { id: second })).counts).toMatchObject({ pending: 0, total: PEOPLE.length });
});

test('who is weakened by two shields after the plan is muted once, and let go with the last', async () => {
  const weakens = { ...NOTHING, forFollows: 'weaken' } as const;
  const [first = '', second = ''] = (await planned(previewed(weakens), previewed(weakens))).sort();
  await pause(life.member, { id: first });
  await follow('popular');
  await life.drain.run();
  expect((await held()).muted).toContain('popular');
  await resume(life.member, { id: first });
  await life.drain.run();
  for (const id of [first, second]) expect((await getShield(life.member, { id })).counts).toMatchObject({ pending: 0 });
  await undo(life.member, { id: second });
  await life.drain.run();
  expect((await held()).muted).toContain('popular');
});

test('whom a shield blocks already stays blocked to its end, whoever they come to be', async () => {
  await planned(previewed({ ...NOTHING, forFollows: 'weaken' }));
  await life.drain.run();
  await follow('stranger');
  await life.sandbox.control.advance(3_600_000);
  await life.drain.run();
  const now = await held();
  expect([now.blocked.includes('stranger'), now.muted.includes('stranger')]).toEqual([true, false]);
});
