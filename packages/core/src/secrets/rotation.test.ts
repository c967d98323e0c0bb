import { DAY, newId } from '@secateur/base';
import { withTenant, withTenantSql } from '@secateur/db';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { WorkerContext } from '../context/index.ts';
import { makeKeys, readKeys } from '../testing/index.ts';
import { unpack } from './blob.ts';
import { bindingOf, freshKey, type Keyed, secretOf, secretsOf, startKeyed } from './fixtures/keyed.ts';
import { keep } from './keep.ts';
import { open } from './open.ts';
import { renewKey } from './renew.ts';
import { tendKeys } from './tend.ts';
import { sealedTo, wakeKeys, wrappedBy } from './wake-keys.ts';

let world: Keyed;
beforeAll(async () => {
  world = await startKeyed();
});
afterAll(() => world.close());

test('another key of the workers takes over while both are known', async () => {
  const { tenantId, ids } = await world.tenantWith(2);
  const second = freshKey('second');
  const [before, after] = [
    world.worker(`${world.texts.workerKeys},${second}`),
    world.worker(`${second},${world.texts.workerKeys}`),
  ];
  expect(await wrappedBy(after)).toContainEqual({ name: 'first', keys: expect.any(Number), known: true });
  await tendKeys(after, { tenantId });
  expect(await world.keysOf(tenantId)).toMatchObject([{ version: 1, kekId: 'second' }]);
  // Neither is disturbed, and the old one can go.
  for (const by of [before, after, world.worker(second)])
    expect(await world.opened(by, tenantId)).toEqual(secretsOf(ids));
  expect(await world.trail(tenantId)).toEqual([['keys.rewrapped', 1]]);
  await tendKeys(after, { tenantId });
  expect(await world.trail(tenantId)).toHaveLength(1);
});

test('a worker that does not know the key says which, and changes nothing', async () => {
  const { tenantId, ids } = await world.tenantWith(1);
  const stranger = world.worker(freshKey('strange'));
  await expect(tendKeys(stranger, { tenantId })).rejects.toThrow('no_key: wrapped by first');
  expect((await wrappedBy(stranger)).find((row) => row.name === 'first')?.known).toBe(false);
  expect(await world.opened(world.ctx, tenantId)).toEqual(secretsOf(ids));
});

test('only tenants whose keys want tending are woken', async () => {
  const { tenantId } = await world.tenantWith(1);
  const other = world.worker(`${freshKey('third')},${world.texts.workerKeys}`);
  const jobs = async () =>
    (await world.admin.pool.query("SELECT payload->>'tenantId' AS id FROM queue_background._private_jobs")).rows.map(
      (r) => r.id,
    );
  await wakeKeys(world.ctx);
  expect(await jobs()).not.toContain(tenantId);
  await wakeKeys(other);
  expect(await jobs()).toContain(tenantId);
});

test('a tenant gets a new key, everything is sealed under it, and the old one is shredded', async () => {
  const { tenantId, ids } = await world.tenantWith(3);
  const [row] = await world.admin.prisma.connection.findMany({ where: { tenantId } });
  expect(await renewKey(world.ctx, tenantId)).toBe(2);
  // Until it is sealed anew it opens as before, and what is new is under the new key.
  expect(await world.opened(world.ctx, tenantId)).toEqual(secretsOf(ids));
  const binding = bindingOf({ tenantId, id: newId(), version: 1 });
  const later = await withTenantSql(world.db.prisma, tenantId, (tx) => keep(world.ctx, tx, binding, 'x'));
  expect(unpack(later)).toMatchObject({ keyVersion: 2 });

  expect(await tendKeys(world.ctx, { tenantId })).toEqual({ kind: 'done' });
  expect(await world.opened(world.ctx, tenantId)).toEqual(secretsOf(ids));
  const rows = await world.admin.prisma.connection.findMany({ where: { tenantId } });
  for (const { sealed, version } of rows) {
    expect(unpack(sealed ?? new Uint8Array())).toMatchObject({ keyVersion: 2 });
    expect(version).toBe(1);
  }
  expect(await world.keysOf(tenantId)).toMatchObject([
    { version: 1, wrapped: null, shreddedAt: world.began },
    { version: 2, shreddedAt: null },
  ]);
  expect(await world.trail(tenantId)).toEqual([
    ['keys.renewed', 1],
    ['secrets.resealed', 3],
    ['keys.retired', 1],
  ]);
  await expect(
    open(world.ctx, bindingOf({ tenantId, id: row?.id ?? '', version: 1 }), row?.sealed ?? new Uint8Array()),
  ).rejects.toThrow('shredded');
});

test('a key that is a year old is renewed', async () => {
  const { tenantId, ids } = await world.tenantWith(1);
  const at = (days: number): WorkerContext => ({
    ...world.ctx,
    clock: { now: () => new Date(world.began.getTime() + days * DAY) },
  });
  await tendKeys(at(364), { tenantId });
  expect(await world.keysOf(tenantId)).toHaveLength(1);
  await tendKeys(at(366), { tenantId });
  expect(await world.keysOf(tenantId)).toMatchObject([
    { shreddedAt: expect.any(Date) },
    { version: 2, shreddedAt: null },
  ]);
  expect(await world.opened(world.ctx, tenantId)).toEqual(secretsOf(ids));
});

test('what web apps sealed is taken in by a renewal too, and the pair that opened it can go', async () => {
  const { tenantId, ids } = await world.tenantWith(2, 'intake');
  await withTenantSql(world.db.prisma, tenantId, (tx) =>
    keep(world.ctx, tx, bindingOf({ tenantId, id: newId(), version: 1 }), 'x'),
  );
  expect(await sealedTo(world.ctx)).toEqual([{ id: world.ctx.keys.intake.ids[0], secrets: 2, known: true }]);
  await renewKey(world.ctx, tenantId);
  await tendKeys(world.ctx, { tenantId });
  expect(await sealedTo(world.ctx)).toEqual([]);
  const without: WorkerContext = { ...world.ctx, keys: { ...world.ctx.keys, intake: readKeys(makeKeys()).intake } };
  expect(await world.opened(without, tenantId)).toEqual(secretsOf(ids));
});

test('a key stays as long as something under it does not open', async () => {
  const { tenantId, ids } = await world.tenantWith(2);
  await world.admin.pool.query('UPDATE connections SET sealed = overlay(sealed placing $1 from 30) WHERE id = $2', [
    Buffer.from('changed'),
    ids[0],
  ]);
  await renewKey(world.ctx, tenantId);
  expect(await tendKeys(world.ctx, { tenantId })).toEqual({ kind: 'drop', reason: 'unreadable_secrets' });
  expect(await world.keysOf(tenantId)).toMatchObject([{ shreddedAt: null }, { shreddedAt: null }]);
});

test('what is sealed under the old key while it is replaced is not lost, in a row that nobody can see yet either', async () => {
  const { tenantId, ids } = await world.tenantWith(1);
  const id = newId();
  const sealedUnderOld = Promise.withResolvers<void>();
  const goOn = Promise.withResolvers<void>();
  const slow = withTenant(world.db.prisma, tenantId, async (tx) => {
    const sealed = await keep(world.ctx, tx, bindingOf({ tenantId, id, version: 1 }), secretOf(id));
    sealedUnderOld.resolve();
    await goOn.promise;
    const row = { tenantId, id, network: 'bluesky', handle: 'b.test', state: 'ready', createdAt: world.began } as const;
    await tx.connection.create({ data: { ...row, sealed, version: 1 } });
  });
  await sealedUnderOld.promise;
  const rotating = renewKey(world.ctx, tenantId).then(() => tendKeys(world.ctx, { tenantId }));
  await Promise.race([rotating, world.somebodyWaits()]);
  goOn.resolve();
  await slow;
  await rotating;
  expect(await world.opened(world.ctx, tenantId)).toEqual(secretsOf([...ids, id]));
  expect((await world.keysOf(tenantId)).filter((key) => key.shreddedAt === null)).toHaveLength(1);
});

test('many workers rotate and seal at once, and everything opens', async () => {
  const { tenantId, ids } = await world.tenantWith(4);
  const second = freshKey('second');
  const one = world.worker(`${world.texts.workerKeys},${second}`);
  const two = world.worker(`${second},${world.texts.workerKeys}`);
  const rounds = Array.from({ length: 6 });
  const rotate = async (by: WorkerContext) => {
    for (const _ of rounds) {
      await renewKey(by, tenantId);
      await tendKeys(by, { tenantId });
    }
  };
  const store = async (by: WorkerContext, id: string) => {
    for (const _ of rounds) {
      await withTenant(world.db.prisma, tenantId, async (tx) => {
        const [row] = await tx.$queryRaw<{ version: number }[]>`
          SELECT version FROM connections WHERE tenant_id = ${tenantId}::uuid AND id = ${id}::uuid FOR UPDATE`;
        const version = (row?.version ?? 0) + 1;
        const sealed = await keep(by, tx, bindingOf({ tenantId, id, version }), secretOf(id));
        await tx.connection.update({ where: { tenantId_id: { tenantId, id } }, data: { sealed, version } });
      });
    }
  };
  await Promise.all([rotate(one), rotate(two), ...ids.map((id, i) => store(i % 2 === 0 ? one : two, id))]);
  expect(await world.opened(one, tenantId)).toEqual(secretsOf(ids));
  expect(await world.opened(two, tenantId)).toEqual(secretsOf(ids));
});
