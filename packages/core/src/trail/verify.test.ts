import { appendFileSync, readFileSync, writeFileSync } from 'node:fs';
import { newId } from '@secateur/base';
import { withTenant } from '@secateur/db';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { MemberContext } from '../context/index.ts';
import { openTrailWorld, type TrailWorld } from './fixtures/trail-world.ts';
import { closeTrail, eraseFromTrail, verifyTrail } from './index.ts';

let world: TrailWorld;
let one: MemberContext;
let other: MemberContext;
beforeEach(async () => {
  world = await openTrailWorld();
  one = await world.join();
  other = await world.join();
  for (let minute = 0; minute < 3; minute += 1) {
    for (const member of [one, other]) {
      await world.did(member, { action: 'shield.raised', subjectId: newId() });
      await world.did(member, { action: 'exemption.added', subjectId: newId() });
      await world.jobDid(member.actor.tenantId, { action: 'effects.moved', subjectId: newId(), count: 3 });
    }
    await close();
  }
});
afterEach(() => world.close());

const close = async () => {
  await world.settled();
  return closeTrail(world.worker, world.trail);
};
const faults = async () => (await verifyTrail(world.worker, world.trail)).findings.map((f) => f.fault);
const newest =
  'xid > (SELECT upto_xid FROM audit_links l WHERE l.tenant_id = audit.tenant_id ORDER BY seq DESC OFFSET 1 LIMIT 1)';

test('a trail that nobody touched is found whole, and all of it is judged', async () => {
  expect(await verifyTrail(world.worker, world.trail)).toMatchObject({
    tenants: 2,
    links: 6,
    rows: 18,
    entries: 3n,
    faults: 0,
  });
});

test('a run without news leaves nothing behind', async () => {
  const before = readFileSync(world.file, 'utf8');
  expect(await close()).toMatchObject({ links: 0, entries: 0 });
  expect(readFileSync(world.file, 'utf8')).toBe(before);
});

test('the newest rows, cut off with their links, are missed', async () => {
  await world.ask(`DELETE FROM audit WHERE tenant_id = $1 AND ${newest}`, [one.actor.tenantId]);
  await world.ask(`DELETE FROM audit_links WHERE tenant_id = $1 AND seq = 3`, [one.actor.tenantId]);
  expect(await faults()).toContain('link_missing');
  await world.did(one, { action: 'shield.raised', subjectId: newId() });
  await close();
  expect(await faults()).toContain('link_missing');
});

test('a row put into the past is found where a link covers it, and where none does', async () => {
  const put = (tenantId: string, xid: string) =>
    world.ask(
      `INSERT INTO audit (tenant_id, xid, id, at, actor_kind, action, count)
       SELECT $1, (SELECT ${xid} FROM audit_links), $2, now(), 'system', 'effects.moved', 1`,
      [tenantId, newId()],
    );
  await put(one.actor.tenantId, 'min(upto_xid)');
  expect(await faults()).toEqual(['rows_added']);
  const third = await world.join();
  await put(third.actor.tenantId, 'min(upto_xid)');
  expect(await faults()).toEqual(['rows_added', 'rows_added']);
});

test.for([
  `at = at + interval '1 millisecond'`,
  `actor_kind = 'helper'`,
  `action = 'shield.paused'`,
  `subject_id = gen_random_uuid()`,
  'count = count + 1',
  `digest = '\\x00'`,
  'xid = xid - 1',
  'id = gen_random_uuid()',
  'actor_digest = sha256(actor_digest)',
])('a row with %s is found', async (set) => {
  const row = `id = (SELECT min(id::text)::uuid FROM audit WHERE tenant_id = $1 AND action = 'shield.raised')`;
  await world.ask(`UPDATE audit SET ${set} WHERE tenant_id = $1 AND ${row}`, [one.actor.tenantId]);
  expect(await faults()).not.toEqual([]);
});

test('a person who was exchanged, or left out without an erasure, is found', async () => {
  await world.ask(`UPDATE audit SET actor_id = $2 WHERE tenant_id = $1 AND action = 'shield.raised'`, [
    one.actor.tenantId,
    other.actor.userId,
  ]);
  expect(await faults()).toEqual(['person_replaced', 'person_replaced', 'person_replaced']);
  await world.ask(`UPDATE audit SET actor_id = NULL, actor_salt = NULL WHERE tenant_id = $1`, [one.actor.tenantId]);
  expect(await faults()).toContain('person_replaced');
});

test('an erased person is gone from the rows, and the trail stays whole', async () => {
  const { tenantId, userId } = one.actor;
  await withTenant(world.worker.prisma, tenantId, (tx) =>
    eraseFromTrail(tx, { tenantId, personId: userId, now: new Date() }),
  );
  expect(await world.ask('SELECT FROM audit WHERE actor_id = $1', [userId])).toEqual([]);
  expect(await faults()).toEqual([]);
  await close();
  expect(await faults()).toEqual([]);
  const [row] = await world.ask<{ count: number }>(`SELECT count FROM audit WHERE action = 'trail.erased'`);
  expect(row?.count).toBe(6);
  // Nobody else's rows were touched, and no more of these.
  const left = await world.ask(`SELECT FROM audit WHERE tenant_id = $1 AND subject_id IS NOT NULL`, [tenantId]);
  expect(left).toHaveLength(9);
  expect(await world.ask(`SELECT FROM audit WHERE actor_id = $1`, [other.actor.userId])).toHaveLength(6);

  await world.ask(
    `DELETE FROM audit_erasures WHERE field = 'actor' AND row_id = (SELECT min(row_id::text)::uuid FROM audit_erasures)`,
  );
  expect((await faults()).sort()).toEqual(['erasure_altered', 'person_replaced']);
});

test('everybody is erased from a tenant at once, chunk by chunk', async () => {
  const { tenantId } = one.actor;
  const { more } = await withTenant(world.worker.prisma, tenantId, (tx) =>
    eraseFromTrail(tx, { tenantId, personId: null, now: new Date() }),
  );
  expect(more).toBe(false);
  const named = `SELECT FROM audit WHERE tenant_id = $1 AND (actor_id IS NOT NULL OR (subject_digest IS NOT NULL AND subject_id IS NOT NULL))`;
  expect(await world.ask(named, [tenantId])).toEqual([]);
  await close();
  expect(await faults()).toEqual([]);
});

test('who may sign in can neither choose a place in the order, nor change or remove a row', async () => {
  const { tenantId } = one.actor;
  for (const statement of [
    `INSERT INTO audit (tenant_id, xid, id, at, actor_kind, action) VALUES ('${tenantId}', 5, '${newId()}', now(), 'system', 'shield.raised')`,
    `UPDATE audit SET count = 0`,
    `DELETE FROM audit`,
    `DELETE FROM audit_links`,
    `DELETE FROM audit_erasures`,
  ]) {
    for (const { prisma } of [one, world.worker]) {
      const tried = withTenant(prisma, tenantId, (tx) => tx.$executeRawUnsafe(statement));
      await expect(tried, statement).rejects.toThrow('permission denied');
    }
  }
});

test('nobody erases in another tenant', async () => {
  const { tenantId, userId } = one.actor;
  await withTenant(world.worker.prisma, other.actor.tenantId, (tx) =>
    eraseFromTrail(tx, { tenantId: other.actor.tenantId, personId: userId, now: new Date() }),
  );
  expect(await world.ask('SELECT FROM audit WHERE tenant_id = $1 AND actor_id IS NULL', [tenantId])).toHaveLength(3);
});

test('what a crash of whoever writes the anchor leaves there is mended by the next run', async () => {
  await world.did(one, { action: 'shield.raised', subjectId: newId() });
  await close();
  const whole = readFileSync(world.file, 'utf8');
  const lines = whole.split('\n');
  const last = lines.at(-2) ?? '';
  for (const left of ['', last.slice(0, 40), last]) {
    writeFileSync(world.file, `${lines.slice(0, -2).join('\n')}\n${left}`);
    expect(await faults(), left).toEqual([]);
    await close();
    expect(await faults(), left).toEqual([]);
    expect(await verifyTrail(world.worker, world.trail)).toMatchObject({ entries: 4n, links: 7 });
  }
});

test('a line that somebody who was stalled adds once more does no harm', async () => {
  const [first = ''] = readFileSync(world.file, 'utf8').split('\n');
  appendFileSync(world.file, `${first}\n`);
  expect(await faults()).toEqual([]);
  await world.did(one, { action: 'shield.raised', subjectId: newId() });
  await close();
  expect(await faults()).toEqual([]);
});

test('an altered anchor is found', async () => {
  const whole = readFileSync(world.file, 'utf8');
  const lines = whole.split('\n');
  const found = async (text: string) => {
    writeFileSync(world.file, text);
    return faults();
  };
  expect(await found(whole.replace('"closed":"', '"closed":"9'))).toContain('anchor_line_altered');
  expect(await found(lines.toSpliced(1, 1).join('\n'))).toContain('anchor_lines_missing');
  expect(await found([lines[1], lines[0], lines[2], ''].join('\n'))).toContain('anchor_lines_missing');
  expect(await found(`${whole.trimEnd().slice(0, -1)}\n`)).toContain('anchor_line_altered');
  expect(await found(`${lines[0]}\n`)).toContain('anchor_behind');
  expect(await found('')).toContain('anchor_behind');
});

test('an anchor that is not there any more is not begun anew', async () => {
  writeFileSync(world.file, '');
  await expect(close()).rejects.toThrow('the anchor is empty');
});

test('another key neither closes nor finds anything whole', async () => {
  const trail = { ...world.trail, key: new Uint8Array(32).fill(8) };
  await expect(closeTrail(world.worker, trail)).rejects.toThrow('not written with this key');
  expect((await verifyTrail(world.worker, trail)).faults).toBeGreaterThan(0);
});
