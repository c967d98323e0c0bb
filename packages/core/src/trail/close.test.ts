import { newId } from '@secateur/base';
import { withTenant } from '@secateur/db';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { auditSystem } from '../audit/index.ts';
import type { MemberContext } from '../context/index.ts';
import { closeTenant } from './close-tenant.ts';
import { openTrailWorld, type TrailWorld } from './fixtures/trail-world.ts';
import { type AuditAnchor, closeTrail, verifyTrail } from './index.ts';

let world: TrailWorld;
let one: MemberContext;
beforeEach(async () => {
  world = await openTrailWorld();
  one = await world.join();
});
afterEach(() => world.close());

const raised = () => ({ action: 'shield.raised', subjectId: newId() }) as const;
const closeNow = (anchor: AuditAnchor = world.trail.anchor) => closeTrail(world.worker, { ...world.trail, anchor });
const close = async (anchor?: AuditAnchor) => {
  await world.settled();
  return closeNow(anchor);
};
const verify = () => verifyTrail(world.worker, world.trail);

test('what a running transaction wrote is left for a later link, and so is all that began after it', async () => {
  const { tenantId } = one.actor;
  await withTenant(one.prisma, tenantId, async (tx) => {
    await auditSystem(tx, tenantId, new Date(), { action: 'shield.planned', subjectId: newId() });
    await world.did(one, raised());
    expect(await closeNow()).toMatchObject({ rows: 0 });
  });
  expect(await close()).toMatchObject({ rows: 2, links: 1 });
  expect(await verify()).toMatchObject({ rows: 2, faults: 0 });
});

test('a run that another has replaced closes nothing more', async () => {
  await world.did(one, raised());
  const order = { run: newId(), tenantId: one.actor.tenantId, entry: 1n, upto: 10n ** 9n };
  expect(await closeTenant(world.worker, world.trail.key, order)).toBe('replaced');
  expect(await close()).toMatchObject({ links: 1 });
});

test('runs at the same time neither lose a row nor disagree', async () => {
  const others = await Promise.all(Array.from({ length: 6 }, () => world.join()));
  for (let round = 0; round < 4; round += 1) {
    await Promise.all([...others.map((member) => world.did(member, raised())), closeNow(), closeNow(), closeNow()]);
  }
  await close();
  expect(await verify()).toMatchObject({ rows: 24, faults: 0 });
});

test('a run that was stalled when it began does not anchor half of what the next one is closing', async () => {
  const other = await world.join();
  for (const member of [one, other]) await world.did(member, raised());
  await world.settled();
  const run = newId();
  const next = (member: MemberContext) =>
    closeTenant(world.worker, world.trail.key, { run, tenantId: member.actor.tenantId, entry: 1n, upto: 10n ** 9n });
  const { anchor } = world.trail;
  await closeNow({
    ...anchor,
    async newest(count) {
      await world.ask('UPDATE audit_closing SET run = $1', [run]);
      await next(one);
      return anchor.newest(count);
    },
  });
  expect(await anchor.newest(1)).toEqual([]);
  await next(other);
  await close();
  expect(await verify()).toMatchObject({ rows: 2, links: 2, entries: 1n, faults: 0 });
});

test('an anchor that can’t be written to holds up everything, and is brought what it lacks', async () => {
  await world.did(one, raised());
  const full: AuditAnchor = {
    ...world.trail.anchor,
    append: () => Promise.reject(new Error('no space left')),
  };
  for (let round = 0; round < 3; round += 1) {
    await expect(close(full)).rejects.toThrow('no space left');
    await world.did(one, raised());
    expect(await verify()).toMatchObject({ faults: 0, rows: 0 });
  }
  expect(await close()).toMatchObject({ rows: 3 });
  expect(await verify()).toMatchObject({ faults: 0, rows: 4, entries: 2n });
});

test('more rows than fit into a page, and more tenants than fit into an entry, are closed whole', async () => {
  const insert = `INSERT INTO audit (tenant_id, id, at, actor_kind, action, count)
    SELECT $1::uuid, gen_random_uuid(), now(), 'system', 'effects.moved', n FROM generate_series(1, $2::int) n`;
  for (const rows of [999, 1_000, 1_001]) await world.ask(insert, [one.actor.tenantId, rows]);
  await world.ask(
    `INSERT INTO audit (tenant_id, id, at, actor_kind, action)
     SELECT gen_random_uuid(), gen_random_uuid(), now(), 'system', 'shield.planned' FROM generate_series(1, 401)`,
  );
  expect(await close()).toMatchObject({ rows: 3_401, links: 402, entries: 3 });
  expect(await verify()).toMatchObject({ rows: 3_401, tenants: 402, faults: 0 });
});

test('a crowd of rows is closed in several links, none of which parts a transaction', async () => {
  const insert = `INSERT INTO audit (tenant_id, id, at, actor_kind, action)
    SELECT $1::uuid, gen_random_uuid(), now(), 'system', 'effects.moved' FROM generate_series(1, $2::int)`;
  for (const rows of [20_500, 10]) await world.ask(insert, [one.actor.tenantId, rows]);
  expect(await close()).toMatchObject({ rows: 20_510, links: 2, entries: 1 });
  const links = await world.ask<{ rows: number }>('SELECT rows FROM audit_links ORDER BY seq');
  expect(links.map((l) => l.rows)).toEqual([20_500, 10]);
  expect(await verify()).toMatchObject({ rows: 20_510, faults: 0 });
});
