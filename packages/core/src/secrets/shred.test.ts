import { newId } from '@secateur/base';
import { withTenantSql } from '@secateur/db';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { WorkerContext } from '../context/index.ts';
import { decrypt } from './aes.ts';
import { unpack } from './blob.ts';
import { bindingOf, type Keyed, secretsOf, startKeyed } from './fixtures/keyed.ts';
import { keep, keptAad } from './keep.ts';
import { open } from './open.ts';
import { PLACES } from './places.ts';
import { renewKey, renewKeyIn } from './renew.ts';
import { sealForTenant } from './seal-for-workers.ts';
import { shredTenantKeys } from './shred.ts';
import { wrapAad } from './tenant-key.ts';
import { tendKeys } from './tend.ts';

let world: Keyed;
beforeAll(async () => {
  world = await startKeyed();
});
afterAll(() => world.close());

test.for(['kept', 'intake'] as const)(
  'shredding leaves nothing that opens, copies made before included: %s',
  async (how) => {
    const { tenantId, ids } = await world.tenantWith(2, how);
    await withTenantSql(world.db.prisma, tenantId, (tx) =>
      keep(world.ctx, tx, bindingOf({ tenantId, id: newId(), version: 1 }), 'x'),
    );
    const neighbour = await world.tenantWith(1, how);
    const copies = await world.admin.prisma.connection.findMany({ where: { tenantId }, orderBy: { id: 'asc' } });
    // A process that never saw the keys, with all that the workers' environment holds.
    const elsewhere = world.worker(world.texts.workerKeys);
    const openCopies = async (by: WorkerContext) =>
      (await Promise.allSettled(copies.map((row) => open(by, bindingOf(row), row.sealed ?? new Uint8Array())))).map(
        (end) => (end.status === 'fulfilled' ? end.value : end.reason.why),
      );
    expect(await openCopies(elsewhere)).toEqual(secretsOf(ids));

    const receipt = await withTenantSql(world.db.prisma, tenantId, (tx) => shredTenantKeys(world.ctx, tx, tenantId));
    expect(receipt).toMatchObject({ tenantId, keys: 1, secrets: 2, shreddedAt: world.began });
    expect(receipt.digest).toMatch(/^[0-9a-f]{64}$/);
    for (const by of [world.ctx, elsewhere]) expect(await openCopies(by)).toEqual(['shredded', 'shredded']);
    expect(
      await world.admin.prisma.connection.findMany({ where: { tenantId }, select: { sealed: true, state: true } }),
    ).toEqual(ids.map(() => ({ sealed: null, state: 'revoked' })));
    expect((await world.trail(tenantId)).at(-1)).toEqual(['keys.shredded', how === 'kept' ? 3 : 4]);
    expect(await world.opened(world.ctx, neighbour.tenantId)).toEqual(secretsOf(neighbour.ids));
  },
);

test('neither does it with any key that the database still holds', async () => {
  const { tenantId } = await world.tenantWith(1);
  await world.tenantWith(1, 'intake');
  const [copy] = await world.admin.prisma.connection.findMany({ where: { tenantId } });
  await withTenantSql(world.db.prisma, tenantId, (tx) => shredTenantKeys(world.ctx, tx, tenantId));
  const { ciphertext, version } = cut(copy?.sealed ?? new Uint8Array());
  const left = await world.admin.prisma.tenantKey.findMany({ where: { shreddedAt: null } });
  expect(left.length).toBeGreaterThan(0);
  for (const { tenantId: owner, version: number, kekId, wrapped } of left) {
    const key = await world.ctx.keys.wrap.unwrap(kekId, wrapped ?? new Uint8Array(), wrapAad(owner, number));
    const aad = keptAad(version, bindingOf({ tenantId, id: copy?.id ?? '', version: copy?.version ?? 0 }));
    expect(() => decrypt(key, ciphertext, aad)).toThrow('damaged');
  }
});

function cut(blob: Uint8Array): { ciphertext: Uint8Array; version: number } {
  const sealed = unpack(blob);
  if (sealed.stage !== 'kept') throw new Error('not kept');
  return { ciphertext: sealed.sealed, version: sealed.keyVersion };
}

test('after shredding nothing can be sealed for the tenant', async () => {
  const { tenantId } = await world.tenantWith(1, 'intake');
  await withTenantSql(world.db.prisma, tenantId, (tx) => shredTenantKeys(world.ctx, tx, tenantId));
  const binding = bindingOf({ tenantId, id: newId(), version: 1 });
  const sealing = withTenantSql(world.db.prisma, tenantId, (tx) =>
    sealForTenant(tx, world.texts.publicKey, world.began, binding, 'x'),
  );
  await expect(sealing).rejects.toMatchObject({ why: 'shredded' });
});

test('after shredding no key is made again, also where there never was one', async () => {
  for (const count of [1, 0]) {
    const { tenantId } = await world.tenantWith(count);
    await withTenantSql(world.db.prisma, tenantId, (tx) => shredTenantKeys(world.ctx, tx, tenantId));
    const keeping = withTenantSql(world.db.prisma, tenantId, (tx) =>
      keep(world.ctx, tx, bindingOf({ tenantId, id: newId(), version: 1 }), 'x'),
    );
    await expect(keeping).rejects.toMatchObject({ why: 'shredded' });
    expect(await renewKey(world.ctx, tenantId)).toBeNull();
    const again = await withTenantSql(world.db.prisma, tenantId, (tx) => shredTenantKeys(world.ctx, tx, tenantId));
    expect(again).toMatchObject({ keys: 0, secrets: 0 });
  }
});

test('a key that is being made while the tenant is shredded does not outlive it', async () => {
  const { tenantId } = await world.tenantWith(0);
  const shredding = withTenantSql(world.db.prisma, tenantId, async (tx) => {
    const receipt = await shredTenantKeys(world.ctx, tx, tenantId);
    // Comes while it is not yet committed, and has to wait.
    const keeping = withTenantSql(world.db.prisma, tenantId, (other) =>
      keep(world.ctx, other, bindingOf({ tenantId, id: newId(), version: 1 }), 'x'),
    );
    return { receipt, keeping: keeping.catch((error: unknown) => error) };
  });
  expect(await (await shredding).keeping).toMatchObject({ why: 'shredded' });
  expect(await world.keysOf(tenantId)).toMatchObject([{ version: 1, wrapped: null }]);
});

test('a key that is being renewed while the tenant is shredded does not outlive it', async () => {
  const { tenantId } = await world.tenantWith(1);
  await renewKey(world.ctx, tenantId);
  await tendKeys(world.ctx, { tenantId });
  const renewed = Promise.withResolvers<void>();
  const goOn = Promise.withResolvers<void>();
  const renewing = withTenantSql(world.db.prisma, tenantId, async (tx) => {
    await renewKeyIn(world.ctx, tx, tenantId, null);
    renewed.resolve();
    await goOn.promise;
  });
  await renewed.promise;
  const shredding = withTenantSql(world.db.prisma, tenantId, (tx) => shredTenantKeys(world.ctx, tx, tenantId));
  await Promise.race([shredding, world.somebodyWaits()]);
  goOn.resolve();
  await renewing;
  expect(await shredding).toMatchObject({ keys: 2, secrets: 1 });
  expect((await world.keysOf(tenantId)).map((key) => key.wrapped)).toEqual([null, null, null]);
});

test('every column that holds a secret is in the list that rotation and shredding go by', async () => {
  const { rows } = await world.admin.pool.query<{ table_name: string }>(
    "SELECT table_name FROM information_schema.columns WHERE table_schema = 'public' AND column_name = 'sealed' ORDER BY 1",
  );
  expect(rows.map((row) => row.table_name)).toEqual(PLACES.map((place) => place.table).sort());
});
