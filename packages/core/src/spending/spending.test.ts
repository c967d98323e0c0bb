import { DAY } from '@secateur/base';
import { withTenantSql } from '@secateur/db';
import { type Ability, type ActingAccount, FREE_READS, type NetworkPort } from '@secateur/networks/port';
import { BLOCK } from '@secateur/sandbox';
import { freshDatabase, type TestDatabase } from '@secateur/testing';
import pg from 'pg';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { getPreview, getShield, raise, undo } from '../shields/index.ts';
import { type Life, startLife } from '../testing/index.ts';
import { getSpending, setSpendingCap, takeMoney } from './index.ts';
import { nextMonth } from './policy/index.ts';

const CENT = 10_000;
const ME = 'me.sandbox.test';
const TROLLS = ['one.sandbox.test', 'two.sandbox.test', 'three.sandbox.test'];
const CROWD = 40;
const PRICE = { apply: 15_000, lift: 10_000 };
/** Asked about, blocked, lifted. */
const EACH = CENT + PRICE.apply + PRICE.lift;

let database: TestDatabase;
let admin: pg.Client;
let life: Life;
let connectionId: string;
/** What the network charged, counted on its side of the port. */
let bill = 0;

beforeAll(async () => {
  database = await freshDatabase();
  admin = new pg.Client(database.admin);
  await admin.connect();
  life = await startLife({
    urls: database,
    world: [
      {
        do: 'add-accounts',
        accounts: [
          { handle: ME, password: 'pass-word', followers: 3 },
          ...TROLLS.map((handle) => ({ handle, followers: CROWD })),
        ],
      },
    ],
    wrap: charging,
  });
  connectionId = await life.connect(ME, 'pass-word');
});
afterEach(async () => {
  expect(await spent()).toBeGreaterThanOrEqual(0);
});
afterAll(async () => {
  await life.close();
  await admin.end();
  await database.close();
});

/** A network that charges for everything, with Bluesky's beneath it. */
function charging(port: NetworkPort): NetworkPort {
  const paid = <T>(call: Promise<T>, cost: (answer: T) => number): Promise<T> =>
    call.then((answer) => {
      bill += cost(answer);
      return answer;
    });
  const priced = (ability: Ability | null) => ability && { ...ability, batch: 5, price: PRICE };
  return {
    ...port,
    abilities: { block: priced(port.abilities.block), mute: priced(port.abilities.mute) },
    prices: {
      ...FREE_READS,
      profile: CENT,
      crowd: { ...FREE_READS.crowd, followers: CENT },
      own: CENT,
      relation: CENT,
    },
    resolve: (query) => paid(port.resolve(query), () => CENT),
    crowd: (...asked) => paid(port.crowd(...asked), ({ items }) => items.length * CENT),
    actFor(credentials, renewal): ActingAccount {
      const account = port.actFor(credentials, renewal);
      return {
        ...account,
        followers: (cursor) => paid(account.followers(cursor), ({ items }) => items.length * CENT),
        following: (cursor) => paid(account.following(cursor), ({ items }) => items.length * CENT),
        relations: (others) => paid(account.relations(others), () => others.length * CENT),
        apply: (action, writes, ...rest) =>
          paid(account.apply(action, writes, ...rest), () => writes.length * PRICE.apply),
        lift: (action, writes, ...rest) =>
          paid(account.lift(action, writes, ...rest), () => writes.length * PRICE.lift),
      };
    },
  };
}

const allow = (cents: number) => setSpendingCap(life.member, { cents });
const spent = async () => (await getSpending(life.member)).spent;
const blocked = async () => (await life.sandbox.control.records(BLOCK, ME))[0]?.records.length ?? 0;
const preview = (query = TROLLS[0] ?? '') =>
  life.preview({ query, connectionIds: [connectionId], includeAccount: false });
/** To the day on which a month begins, in domain time. */
async function toNextMonth() {
  const now = life.worker.clock.now();
  await life.sandbox.control.advance(nextMonth(now).getTime() - now.getTime());
}

test('nobody spends before an owner allowed it, and then it goes on', async () => {
  const { id } = await preview();
  await life.drain.run();
  expect(await getPreview(life.member, { id })).toMatchObject({ state: 'failed', problem: 'spending_cap' });
  expect(bill).toBe(0);
  await allow(300);
  await life.drain.run();
  expect(await getPreview(life.member, { id })).toMatchObject({ problem: null, listed: CROWD, peopleKnown: true });
  expect(await spent()).toBe(bill);
  expect(bill).toBe((1 + CROWD + 3) * CENT);
});

test('only an owner may, and it leaves a line in the trail', async () => {
  const admins = { ...life.member, actor: { ...life.member.actor, role: 'admin' as const } };
  await expect(setSpendingCap(admins, { cents: 1 })).rejects.toMatchObject({ problem: 'not_allowed' });
  const { rows } = await admin.query(`SELECT count FROM audit WHERE action = 'spending.capped'`);
  expect(rows).toEqual([{ count: 300 }]);
});

test('a cap that is reached in the middle stops the shield, which says so; the network never charged more', async () => {
  const before = await spent();
  const { id } = await preview();
  await life.drain.run();
  const room = 12 * EACH + EACH - 1;
  // The plan reads own people again if they are old; here they are not.
  await allow(Math.ceil((before + (await spent()) - before + room) / CENT));
  const { cap } = await getSpending(life.member);
  await raise(life.member, { id });
  await life.drain.run();
  const shield = await getShield(life.member, { id });
  expect(shield.waiting).toEqual({ why: 'spending', until: nextMonth(life.worker.clock.now()) });
  expect(await blocked()).toBeGreaterThan(0);
  expect(await blocked()).toBeLessThan(CROWD);
  expect(await spent()).toBeLessThanOrEqual(cap);
  expect(cap - (await spent())).toBeLessThan(EACH);
  // What lifting will cost is set aside, not paid yet.
  expect(bill).toBe((await spent()) - (await blocked()) * PRICE.lift);

  // With nothing left, all of it can be undone.
  await undo(life.member, { id });
  await life.drain.run();
  expect(await blocked()).toBe(0);
  expect(bill).toBe(await spent());
  expect(await spent()).toBeLessThanOrEqual(cap);
});

test('goes on when an owner allows more, and by itself when the next month begins', async () => {
  await allow(Math.ceil((await spent()) / CENT) + 300);
  const { id } = await preview(TROLLS[1]);
  await life.drain.run();
  await allow(Math.floor(((await spent()) + 3 * EACH) / CENT) + 1);
  await raise(life.member, { id });
  await life.drain.run();
  const first = await blocked();
  expect(first).toBe(3);
  await allow(Math.floor(((await spent()) + 4 * EACH) / CENT) + 1);
  await life.drain.run();
  expect(await blocked()).toBe(7);
  await allow(10_000);
  await allow(Math.floor((await spent()) / CENT));
  await toNextMonth();
  await life.drain.run();
  expect(await blocked()).toBeGreaterThan(7);
  const { spent: now, cap } = await getSpending(life.member);
  expect(now).toBeLessThanOrEqual(cap);
});

test('a crowd is paid for by whoever asked first; who comes after uses it for nothing', async () => {
  const other = await life.stranger();
  await allow(10_000);
  const { id } = await preview(TROLLS[2]);
  await life.drain.run();
  const mine = await spent();
  expect((await getPreview(life.member, { id })).listed).toBe(CROWD);
  expect((await getSpending(other)).spent).toBe(0);
  const again = await preview(TROLLS[2]);
  await life.drain.run();
  expect((await getPreview(life.member, again)).listed).toBe(CROWD);
  // Found once more, and nothing else.
  expect((await spent()) - mine).toBe(CENT);
});

test('no race overspends', async () => {
  const { tenantId } = (await life.stranger()).actor;
  await admin.query('INSERT INTO spending_caps VALUES ($1, 1000, now())', [tenantId]);
  const now = life.worker.clock.now();
  const taken = await Promise.all(
    Array.from({ length: 30 }, () =>
      withTenantSql(life.worker.prisma, tenantId, (tx) => takeMoney(tx, tenantId, 99, now)),
    ),
  );
  expect(taken.filter(Boolean)).toHaveLength(10);
  const { rows } = await admin.query('SELECT micro_dollars::int AS spent FROM spendings WHERE tenant_id = $1', [
    tenantId,
  ]);
  expect(rows).toEqual([{ spent: 990 }]);
});

test('months begin and end in UTC', () => {
  expect(nextMonth(new Date('2026-12-31T23:59:59Z')).toISOString()).toBe('2027-01-01T00:00:00.000Z');
  expect(nextMonth(new Date(Date.UTC(2026, 1, 1) - DAY)).toISOString()).toBe('2026-02-01T00:00:00.000Z');
});
