import { newId } from '@secateur/base';
import { withTenant } from '@secateur/db';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { openWorld, type Person, type World } from '../fixtures/world.ts';
import type { Mail } from '../mailer.ts';
import { payNotices } from './owed.ts';

let world: World;
let sam: Person;
let sent: Mail[];
let failing: boolean;
let faults: unknown[];
beforeAll(async () => {
  world = await openWorld();
});
afterAll(() => world.close());
beforeEach(async () => {
  sam = await world.person();
  [sent, failing, faults] = [[], false, []];
});

const mailer = {
  async send(mail: Mail) {
    if (failing) throw new Error('the server is away');
    sent.push(mail);
  },
  shown: () => null,
};
const pay = () =>
  payNotices({
    prisma: world.db.prisma,
    clock: sam.clock,
    mailer,
    log: { error: (fields) => void faults.push(fields) },
  });

/** As workers do it. */
async function owe(
  about: 'moved' | 'ending' | 'ended' | 'renewal',
  listener: 'first' | 'second' = 'first',
): Promise<void> {
  await world.asAdmin(
    `INSERT INTO owed_notices (tenant_id, id, user_id, listener, about, at, next_at)
     VALUES ($1, $2, $3, $4, $5, '2026-12-01T12:00:00Z', now())`,
    [sam.tenantId, newId(), sam.user.id, listener, about],
  );
}

test('what is owed is sent once, to the first address and to the second contact, in neutral words', async () => {
  await world.db.prisma.secondContact.create({
    data: { userId: sam.user.id, email: 'friend@example.org', verifiedAt: new Date() },
  });
  await owe('ending');
  await owe('ending', 'second');
  expect(await pay()).toBe(2);
  expect(sent.map(({ to, subject }) => [to, subject]).sort()).toEqual(
    [
      ['friend@example.org', 'A short message'],
      [sam.user.email, 'About your account'],
    ].sort(),
  );
  for (const { text } of sent) expect(text).toContain('ends on December 1, 2026');
  expect(await pay()).toBe(0);
  expect(sent).toHaveLength(2);
});

test('a mail about a move names neither the account nor whoever has it now', async () => {
  await owe('moved');
  await pay();
  expect(sent[0]?.text).toMatch(/moved away, by somebody who proved to own it/);
  expect(sent[0]?.text.split('\n\n').slice(2).join()).not.toMatch(/@|sandbox|bsky/);
});

/** A shield for a week that has held since then. */
async function holding(since: string): Promise<void> {
  const [id, accountId] = [newId(), newId()];
  await world.asAdmin(
    `INSERT INTO shields (tenant_id, id, created_by, created_at, state, action, hold_seconds, for_follows, for_followers, for_mutuals)
     VALUES ($1, $2, $3, $4, 'holding', 'block', 604800, 'spare', 'spare', 'spare')`,
    [sam.tenantId, id, sam.user.id, since],
  );
  await world.asAdmin(
    `INSERT INTO shield_connections (tenant_id, shield_id, connection_id, account_id, first_done_at) VALUES ($1, $2, $3, $3, $4)`,
    [sam.tenantId, id, accountId, since],
  );
}

test('that something ends soon is said in words that tell nobody what, with its end as it is now', async () => {
  const [days, end] = [(n: number) => new Date(sam.clock.now().getTime() + n * 86_400_000), 1];
  await holding(days(end - 7).toISOString());
  await owe('renewal');
  await pay();
  expect(sent).toMatchObject([{ to: sam.user.email, subject: 'About your account' }]);
  expect(sent[0]?.text).toContain(String(days(end).getUTCFullYear()));
  expect(sent[0]?.text).toMatch(/begins to end on .* UTC\.\n\nIf you still need it, sign in before then/);
});

test('what was held longer or let go before the mail went out is not said any more', async () => {
  await holding(sam.clock.now().toISOString());
  await owe('renewal');
  expect(await pay()).toBe(1);
  expect(sent).toEqual([]);
  expect(await left()).toBe(0);
});

test('who has no second contact is told once, and nothing is owed on', async () => {
  await owe('moved', 'second');
  expect(await pay()).toBe(1);
  expect(sent).toEqual([]);
  expect(await left()).toBe(0);
});

test('what could not be sent is owed again later, and the log says so', async () => {
  failing = true;
  await owe('moved');
  await pay();
  expect(faults).toMatchObject([{ last: false }]);
  expect(await left()).toBe(1);
  expect(await pay()).toBe(0);
  failing = false;
  await world.asAdmin(`UPDATE owed_notices SET next_at = now() WHERE tenant_id = $1`, [sam.tenantId]);
  await pay();
  expect(sent).toHaveLength(1);
  expect(await left()).toBe(0);
});

test('two processes at once send it once', async () => {
  await owe('moved');
  await Promise.all([pay(), pay(), pay()]);
  expect(sent).toHaveLength(1);
});

test('a mail that never goes out is given up in the end', async () => {
  failing = true;
  await owe('moved');
  await world.asAdmin(`UPDATE owed_notices SET tries = 15 WHERE tenant_id = $1`, [sam.tenantId]);
  await pay();
  expect(faults).toMatchObject([{ last: true }]);
  expect(await left()).toBe(0);
});

async function left(): Promise<number> {
  const { tenantId } = sam;
  return withTenant(world.db.prisma, tenantId, (tx) => tx.owedNotice.count({ where: { tenantId } }));
}
