import { newId } from '@secateur/base';
import { createDb, createLocks, type Db, type Locks, type SqlTx, withTenantSql } from '@secateur/db';
import { freshDatabase, type OwnersDb, ownersDb, type TestDatabase } from '@secateur/testing';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { WorkerContext } from '../context/index.ts';
import { makeKeys, readKeys } from '../testing/index.ts';
import type { Binding } from './binding.ts';
import { unpack } from './blob.ts';
import { keep } from './keep.ts';
import { open } from './open.ts';
import { sealForTenant } from './seal-for-workers.ts';

let database: TestDatabase;
let db: Db;
let admin: OwnersDb;
let locks: Locks;
let ctx: WorkerContext;
beforeAll(async () => {
  database = await freshDatabase();
  db = createDb(database.worker);
  admin = ownersDb(database.admin);
  locks = createLocks(database.worker);
  ctx = {
    prisma: db.prisma,
    clock: { now: () => new Date() },
    keys: readKeys(makeKeys()),
    locks,
    memberId: newId(),
    lost: new AbortController().signal,
    networks: {},
  };
});
afterAll(async () => {
  await Promise.all([db.close(), admin.close(), locks.close()]);
  await database.close();
});

const bind = (tenantId: string): Binding => ({
  tenantId,
  network: 'bluesky',
  subjectId: newId(),
  version: 1,
  purpose: 'credentials',
});
const inside = <T>(tenantId: string, work: (tx: SqlTx) => Promise<T>) => withTenantSql(db.prisma, tenantId, work);

test('what is kept opens for the same binding and no other', async () => {
  const binding = bind(newId());
  const blob = await inside(binding.tenantId, (tx) => keep(ctx, tx, binding, 'a secret'));
  expect(await open(ctx, binding, blob)).toBe('a secret');
  for (const other of [{ network: 'x' }, { subjectId: newId() }, { version: 2 }, { purpose: 'other' }]) {
    await expect(open(ctx, { ...binding, ...other } as Binding, blob)).rejects.toMatchObject({ why: 'damaged' });
  }
});

test('one tenant never opens what another keeps, with a key of its own or without', async () => {
  const binding = bind(newId());
  const blob = await inside(binding.tenantId, (tx) => keep(ctx, tx, binding, 'a secret'));
  const other = { ...binding, tenantId: newId() };
  await expect(open(ctx, other, blob)).rejects.toMatchObject({ why: 'shredded' });
  await inside(other.tenantId, (tx) => keep(ctx, tx, other, 'their own'));
  await expect(open(ctx, other, blob)).rejects.toMatchObject({ why: 'damaged' });
});

test('no changed byte goes unnoticed', async () => {
  const binding = bind(newId());
  const blob = await inside(binding.tenantId, (tx) => keep(ctx, tx, binding, 'a secret'));
  for (let at = 0; at < blob.length; at += 1) {
    const changed = new Uint8Array(blob);
    changed[at] = (changed[at] ?? 0) ^ 1;
    await expect(open(ctx, binding, changed)).rejects.toMatchObject({ name: 'SecretUnreadable' });
  }
});

test("what was sealed with one tenant's share takes that share", async () => {
  const binding = bind(newId());
  const sealed = await inside(binding.tenantId, (tx) =>
    sealForTenant(tx, ctx.keys.intake.publicKey, new Date(), binding, 'a secret'),
  );
  await admin.pool.query('UPDATE intake_shares SET share = sha256(share) WHERE tenant_id = $1', [binding.tenantId]);
  await expect(open(ctx, binding, sealed)).rejects.toMatchObject({ why: 'damaged' });
});

test('many who come first at once get one key', async () => {
  const tenantId = newId();
  const kept = await Promise.all(
    Array.from({ length: 8 }, async () => {
      const binding = bind(tenantId);
      return { binding, blob: await inside(tenantId, (tx) => keep(ctx, tx, binding, 'a secret')) };
    }),
  );
  expect(await admin.prisma.tenantKey.count({ where: { tenantId } })).toBe(1);
  for (const { binding, blob } of kept) expect(await open(ctx, binding, blob)).toBe('a secret');
});

test('a key whose transaction was rolled back is forgotten with it', async () => {
  const binding = bind(newId());
  await expect(
    inside(binding.tenantId, async (tx) => {
      await keep(ctx, tx, binding, 'a secret');
      throw new Error('rolled back');
    }),
  ).rejects.toThrow('rolled back');
  const blob = await inside(binding.tenantId, (tx) => keep(ctx, tx, binding, 'another secret'));
  // A process that knows nothing of the first one reads what the database holds.
  const elsewhere = { ...ctx, keys: { ...ctx.keys, wrap: { ...ctx.keys.wrap } } };
  expect(await open(elsewhere, binding, blob)).toBe('another secret');
});

test('what a web app sealed and what a worker keeps are told apart by their header', async () => {
  const binding = bind(newId());
  const blob = await inside(binding.tenantId, (tx) => keep(ctx, tx, binding, 'a secret'));
  expect(unpack(blob)).toMatchObject({ stage: 'kept', keyVersion: 1 });
  expect(() => unpack(new Uint8Array([9, 1, 2]))).toThrow('damaged');
  expect(() => unpack(new Uint8Array())).toThrow('damaged');
});

test("the web app's role seals, and does not see tenants' keys", async () => {
  const web = createDb(database.web, { max: 1 });
  const binding = bind(newId());
  const blob = await withTenantSql(web.prisma, binding.tenantId, (tx) =>
    sealForTenant(tx, ctx.keys.intake.publicKey, new Date(), binding, 'a secret'),
  );
  expect(await open(ctx, binding, blob)).toBe('a secret');
  const looks = withTenantSql(web.prisma, newId(), (tx) => tx.$queryRaw`SELECT 1 FROM tenant_keys`);
  await expect(looks).rejects.toThrow('permission denied');
  await web.close();
});
