import { DAY, MINUTE } from '@secateur/base';
import type { PrismaClient } from '@secateur/db';
import { freshDatabase, type TestDatabase } from '@secateur/testing';
import pg from 'pg';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { WorkerContext } from '../context/index.ts';
import { drainConnection } from '../leaving/index.ts';
import { raise } from '../shields/index.ts';
import { type Life, startLife } from '../testing/index.ts';
import { ask, deletionOf, pass } from './fixtures/doomed.ts';
import { eraseTenant, viewReceipt } from './index.ts';
import { KEPT } from './tables.ts';

const PASSWORD = 'abcd-efgh-ijkl-mnop';

let database: TestDatabase;
let admin: pg.Client;
let life: Life;
beforeAll(async () => {
  database = await freshDatabase();
  admin = new pg.Client(database.admin);
  await admin.connect();
  life = await startLife({ urls: database, world: 'empty' });
  await life.sandbox.control.addAccounts([{ handle: 'troll.sandbox.test', followers: 8 }]);
});
afterAll(async () => {
  await life.close();
  await admin.end();
  await database.close();
});

class Killed extends Error {}

/** A worker that dies at its n-th transaction: with nothing of it committed, or all of it. */
function mortal(ctx: WorkerContext, n: number, when: 'before' | 'after'): WorkerContext {
  let left = n;
  const prisma = new Proxy(ctx.prisma, {
    get(target, name, receiver) {
      if (name !== '$transaction') return Reflect.get(target, name, receiver);
      return (work: (tx: unknown) => Promise<unknown>, options: unknown) => {
        left -= 1;
        const dies = left === 0;
        const run = target.$transaction.bind(target) as unknown as (w: typeof work, o: unknown) => Promise<unknown>;
        const done = run(async (tx) => {
          const result = await work(tx);
          if (dies && when === 'before') throw new Killed();
          return result;
        }, options);
        return done.then((result) => {
          if (dies) throw new Killed();
          return result;
        });
      };
    },
  }) as PrismaClient;
  return { ...ctx, prisma };
}

async function left(tenantId: string): Promise<string[]> {
  const { rows } = await admin.query<{ name: string }>(
    `SELECT c.relname AS name FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid AND a.attname = 'tenant_id'
     WHERE c.relnamespace = 'public'::regnamespace AND c.relkind IN ('r', 'p') AND NOT c.relispartition`,
  );
  const found: string[] = [];
  for (const { name } of rows) {
    const { rowCount } = await admin.query(`SELECT FROM ${name} WHERE tenant_id = $1 LIMIT 1`, [tenantId]);
    if (rowCount && !(name in KEPT)) found.push(name);
  }
  return found;
}

for (const when of ['before', 'after'] as const) {
  test(`a worker that dies ${when} each commit in turn loses nothing and destroys nothing twice`, async () => {
    const member = await life.stranger();
    const { tenantId } = member.actor;
    const me = `me-${when}.sandbox.test`;
    await life.sandbox.control.addAccounts([{ handle: me, password: PASSWORD }]);
    const connectionId = await life.connect(me, PASSWORD, member);
    life.member.actor = member.actor;
    const { id } = await life.preview({ query: 'troll.sandbox.test', connectionIds: [connectionId] });
    await life.drain.run();
    await raise(member, { id });
    await life.drain.run();
    const token = await ask(member, 'keep');
    await life.sandbox.control.advance(7 * DAY);

    let deaths = 0;
    for (let n = 1; (await deletionOf(life, tenantId))?.erasedAt === null; n = n >= 6 ? 1 : n + 1) {
      const before = (await viewReceipt(member, { token })).shredded;
      await eraseTenant(mortal(life.worker, n, when), { tenantId }).catch((error: unknown) => {
        if (!(error instanceof Killed)) throw error;
        deaths += 1;
      });
      const after = (await viewReceipt(member, { token })).shredded;
      if (before) expect(after).toEqual(before);
      await drainConnection(life.worker, { tenantId, connectionId });
      await life.sandbox.control.advance(MINUTE / 4);
    }
    expect(deaths).toBeGreaterThan(3);
    expect(await left(tenantId)).toEqual([]);
    expect(await viewReceipt(member, { token })).toMatchObject({ kept: 9, shredded: { keys: 1, accounts: 1 } });
    const { rows } = await admin.query(`SELECT FROM audit WHERE tenant_id = $1 AND action = 'keys.shredded'`, [
      tenantId,
    ]);
    expect(rows).toHaveLength(1);
  });
}

test('a statement that the database cuts off in the middle takes nothing with it', async () => {
  const member = await life.stranger();
  const { tenantId } = member.actor;
  await ask(member, 'keep');
  await life.sandbox.control.advance(7 * DAY);
  await admin.query('BEGIN');
  // Whoever erases waits here for the tenant's row, with everything else of its transaction done, and is shot there.
  await admin.query(`SELECT FROM tenants WHERE id = $1 FOR UPDATE`, [tenantId]);
  const shot = (async () => {
    for (;;) {
      const { rowCount } = await admin.query(
        `SELECT pg_terminate_backend(pid) FROM pg_stat_clear_snapshot(), pg_stat_activity
         WHERE datname = current_database() AND wait_event_type = 'Lock' AND query LIKE '%tenants%'`,
      );
      if (rowCount) return admin.query('COMMIT');
    }
  })();
  await expect(
    (async () => {
      for (;;) await pass(life, 2 * MINUTE);
    })(),
  ).rejects.toThrow();
  await shot;
  expect(await deletionOf(life, tenantId)).toMatchObject({ shreddedAt: expect.any(Date), erasedAt: null });
  for (let step = 0; step < 3; step += 1) await pass(life, 2 * MINUTE);
  expect(await deletionOf(life, tenantId)).toMatchObject({ erasedAt: expect.any(Date) });
  expect(await left(tenantId)).toEqual([]);
});
