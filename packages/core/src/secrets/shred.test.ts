import { newId } from '@secateur/base';
import { withTenantSql } from '@secateur/db';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { bindingOf, type Keyed, secretsOf, startKeyed } from './fixtures/keyed.ts';
import { keep } from './keep.ts';
import { open } from './open.ts';
import { PLACES } from './places.ts';
import { renewKey, renewKeyIn } from './renew.ts';
import { shredTenantKeys } from './shred.ts';
import { tendKeys } from './tend.ts';

let world: Keyed;
beforeAll(async () => {
  world = await startKeyed();
});
afterAll(() => world.close());

test('shredding leaves nothing that opens, copies made before included', async () => {
  const { tenantId, ids } = await world.tenantWith(2);
  await renewKey(world.ctx, tenantId);
  const neighbour = await world.tenantWith(1);
  const copies = await world.admin.prisma.connection.findMany({ where: { tenantId } });
  const receipt = await withTenantSql(world.db.prisma, tenantId, (tx) => shredTenantKeys(world.ctx, tx, tenantId));
  expect(receipt).toMatchObject({
    tenantId,
    keys: 2,
    secrets: 2,
    shreddedAt: world.began,
    digest: expect.stringMatching(/^[0-9a-f]{64}$/),
  });

  // A process that never saw the key, with all that the workers' environment holds and all that the database holds.
  const elsewhere = world.worker(world.texts.workerKeys);
  for (const by of [world.ctx, elsewhere]) {
    for (const { id, version, sealed } of copies) {
      await expect(open(by, bindingOf({ tenantId, id, version }), sealed ?? new Uint8Array())).rejects.toMatchObject({
        why: 'shredded',
      });
    }
  }
  const everyKey = await world.admin.prisma.tenantKey.findMany({ where: { shreddedAt: null } });
  for (const { id, version, sealed } of copies) {
    for (const key of everyKey) {
      const kept = new Uint8Array(sealed ?? []);
      new DataView(kept.buffer).setUint32(1, key.version);
      const binding = { ...bindingOf({ tenantId, id, version }), tenantId: key.tenantId };
      await expect(open(elsewhere, binding, kept)).rejects.toMatchObject({ name: 'SecretUnreadable' });
    }
  }
  expect(
    await world.admin.prisma.connection.findMany({ where: { tenantId }, select: { sealed: true, state: true } }),
  ).toEqual(ids.map(() => ({ sealed: null, state: 'revoked' })));
  expect((await world.trail(tenantId)).at(-1)).toEqual(['keys.shredded', 4]);
  expect(await world.opened(world.ctx, neighbour.tenantId)).toEqual(secretsOf(neighbour.ids));
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
