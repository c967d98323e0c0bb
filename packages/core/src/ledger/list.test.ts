import { DAY } from '@secateur/base';
import { withTenant } from '@secateur/db';
import { freshDatabase, readCsv, type TestDatabase } from '@secateur/testing';
import pg from 'pg';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { MemberContext } from '../context/index.ts';
import { type Life, startLife } from '../testing/index.ts';
import { type Finding, type Found, find } from './find.ts';
import { CASES, type Written, writeCases } from './fixtures/cases.ts';
import { exportLedger, listLedger } from './index.ts';
import { standingOf, type Way } from './policy/index.ts';
import { type LedgerEntry, type LedgerFilter, type LedgerPlace, STANDINGS } from './schemas.ts';

/** Enough for three pages, of which a walk's first step sees all. */
const MORE = 60;

let database: TestDatabase;
let admin: pg.Client;
let life: Life;
let first: Written;
let second: Written;
beforeAll(async () => {
  database = await freshDatabase();
  admin = new pg.Client(database.admin);
  await admin.connect();
  life = await startLife({ urls: database, world: 'empty' });
  first = await writeCases(admin, life.member.actor.tenantId, { more: MORE });
  second = await writeCases(admin, life.member.actor.tenantId, { network: 'mastodon' });
});
afterAll(async () => {
  await life.close();
  await admin.end();
  await database.close();
});

const NOTHING: LedgerFilter = {
  term: null,
  network: null,
  connectionId: null,
  shieldId: null,
  action: null,
  standing: null,
  reason: null,
};

/** All pages of it. */
async function read(filter: Partial<LedgerFilter>, by: MemberContext = life.member): Promise<LedgerEntry[]> {
  const items: LedgerEntry[] = [];
  let after: LedgerPlace | null = null;
  for (;;) {
    const page = await listLedger(by, { ...NOTHING, ...filter, after });
    items.push(...page.items);
    if (page.next === null) return items;
    after = page.next;
  }
}

const keyOf = ({ shieldId, accountId, profileId, action }: LedgerPlace) =>
  [shieldId, accountId, profileId, action].join(' ');

test('everybody is in it once, the newest shield first', async () => {
  const all = await read({});
  expect(all).toHaveLength(2 * CASES.length + MORE);
  const keys = all.map(keyOf);
  expect(new Set(keys).size).toBe(keys.length);
  expect(keys).toEqual([...keys].sort().reverse());
  expect((await listLedger(life.member, { ...NOTHING, after: null })).count).toBe(all.length);
});

test('the standing is the policy’s, whatever the target, its effect and its shield', async () => {
  const { tenantId } = life.member.actor;
  const { items } = await withTenant(life.member.prisma, tenantId, (tx) =>
    find(tx, {
      tenantId,
      visible: null,
      filter: { ...NOTHING, shieldId: first.shieldIds.acting },
      after: null,
      way: 'all',
      page: 900,
      most: 900,
      accounts: [first.accountId],
      found: [],
    }),
  );
  expect(items.length).toBeGreaterThan(40);
  for (const item of items) expect(item.standing).toBe(standingOf(item));
  const standings = new Set((await read({})).map(({ standing }) => standing));
  expect([...standings].sort()).toEqual([...STANDINGS].sort());
});

test('each filter shows whom it names, all of them and nobody else, by whichever way', async () => {
  const all = await read({});
  for (const standing of STANDINGS) {
    const wanted = all.filter((one) => one.standing === standing).map(keyOf);
    expect((await read({ standing })).map(keyOf), standing).toEqual(wanted);
    expect((await walked({ standing })).map(keyOf), `${standing}, along the shields`).toEqual(wanted);
  }
  const facts: [Partial<LedgerFilter>, (one: LedgerEntry) => boolean][] = [
    [{ reason: 'time_up' }, ({ reason }) => reason === 'time_up'],
    [{ reason: 'lifted_by_you' }, ({ reason }) => reason === 'lifted_by_you'],
    [{ reason: 'mutual' }, ({ reason }) => reason === 'mutual'],
    [{ network: 'mastodon' }, ({ network }) => network === 'mastodon'],
    [{ connectionId: second.connectionId }, ({ accountId }) => accountId === second.accountId],
    [{ shieldId: first.shieldIds.ended }, ({ shieldId }) => shieldId === first.shieldIds.ended],
    [
      { shieldId: first.shieldIds.acting, standing: 'undone' },
      (one) => one.shieldId === first.shieldIds.acting && one.standing === 'undone',
    ],
    [{ action: 'mute' }, () => false],
    [{ standing: 'spared', network: 'bluesky' }, (one) => one.standing === 'spared' && one.network === 'bluesky'],
    [
      { shieldId: first.shieldIds.acting, standing: 'failed' },
      (one) => one.shieldId === first.shieldIds.acting && one.standing === 'failed',
    ],
  ];
  for (const [filter, matches] of facts)
    expect((await read(filter)).map(keyOf), JSON.stringify(filter)).toEqual(all.filter(matches).map(keyOf));
});

/** All of it, along the shields in steps of seven. */
async function walked(filter: Partial<LedgerFilter>, way: Way = 'all') {
  const { tenantId } = life.member.actor;
  const items: Found[] = [];
  let after: LedgerPlace | null = null;
  for (;;) {
    const from: LedgerPlace | null = after;
    const step: Finding = await withTenant(life.member.prisma, tenantId, (tx) =>
      find(tx, {
        tenantId,
        visible: null,
        filter: { ...NOTHING, ...filter },
        after: from,
        way,
        page: 50,
        most: 7,
        accounts: [first.accountId, second.accountId],
        found: [],
      }),
    );
    items.push(...step.items);
    if (step.stoppedAt === null) return items;
    after = step.stoppedAt;
  }
}

test('names are found by a part of a handle or of a display name, whatever signs are in it', async () => {
  const [one] = await read({ standing: 'kept' });
  const who = one as LedgerEntry;
  const profiles = async (term: string) => new Set((await read({ term })).map(({ profileId }) => profileId));
  expect(await profiles(`@${who.handle}`)).toEqual(new Set([who.profileId]));
  expect(await profiles(who.handle.slice(2, 8).toUpperCase())).toContain(who.profileId);
  expect((await read({ term: 'OVER-kept' })).every(({ displayName }) => displayName?.includes('over-kept'))).toBe(true);
  expect((await read({ term: 'over-kept' })).length).toBe(16);
  expect(await read({ term: 'over_kept' })).toEqual([]);
  expect(await read({ term: '%' })).toEqual([]);
  expect(await read({ term: 'nobody is called so' })).toEqual([]);
  expect((await read({ term: 'over-kept', standing: 'kept', network: 'mastodon' })).length).toBe(8);
});

test('who was blocked by another shield already is told by which', async () => {
  const [held] = await read({ standing: 'by_shield', network: 'bluesky' });
  expect(held?.by).toEqual({ id: first.shieldIds.other, name: 'against other' });
  expect(held?.shield).toEqual({ id: first.shieldIds.acting, name: 'against acting' });
});

test('nobody else sees any of it, and a helper what they are granted', async () => {
  expect(await read({}, await life.stranger())).toEqual([]);
  const helper = (verbs: ('view' | 'undo')[]): MemberContext => ({
    ...life.member,
    actor: {
      ...life.member.actor,
      role: 'helper',
      grants: [
        { connectionId: second.connectionId, verbs, expiresAt: new Date(life.member.clock.now().getTime() + DAY) },
      ],
    },
  });
  const seen = await read({}, helper(['view']));
  expect(seen).toHaveLength(CASES.length);
  expect(seen.every(({ accountId }) => accountId === second.accountId)).toBe(true);
  await expect(read({}, helper([]))).rejects.toMatchObject({ problem: 'not_allowed' });
});

test('what a filter shows can be taken along, all of it', async () => {
  const { chunks } = await exportLedger(life.member, { ...NOTHING, standing: 'spared' });
  let text = '';
  for await (const chunk of chunks) text += chunk;
  const rows = readCsv(text);
  const shown = await read({ standing: 'spared' });
  expect(rows.map(({ profileId }) => profileId)).toEqual(shown.map(({ profileId }) => profileId));
  expect(rows[0]).toMatchObject({ shield: shown[0]?.shield.name, handle: shown[0]?.handle, standing: 'spared' });
  const viewer: MemberContext = { ...life.member, actor: { ...life.member.actor, role: 'viewer' } };
  await expect(exportLedger(viewer, NOTHING)).rejects.toMatchObject({ problem: 'not_allowed' });
});
