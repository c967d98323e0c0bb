import { newId } from '@secateur/base';
import type { Row, Scene, Tampering } from './scene.ts';

const PLACE = 'tenant_id = $1 AND xid = $2 AND id = $3';

function edit(set: string, fits: (row: Row) => boolean = () => true): Tampering {
  return async ({ owner, random, rows }) => {
    const { tenantId, xid, id } = random.pick(rows.filter(fits));
    await owner.ask(`UPDATE audit SET ${set} WHERE ${PLACE}`, [tenantId, xid, id]);
    return { tenants: [tenantId] };
  };
}

/** Two rows of one tenant; of the same link, or of two. */
function pair({ random, rows }: Scene, sameLink: boolean): [Row, Row] {
  for (;;) {
    const one = random.pick(rows);
    const others = rows.filter(
      (r) => r.tenantId === one.tenantId && r.xid !== one.xid && (r.seq === one.seq) === sameLink,
    );
    if (others.length > 0) return [one, random.pick(others)];
  }
}

/** Exchanges what two rows have in one column, by way of a value that neither has. */
function swap(column: 'id' | 'xid' | 'at', between: string, sameLink: boolean): Tampering {
  return async (scene) => {
    const { owner } = scene;
    for (;;) {
      const [one, other] = pair(scene, sameLink);
      const [was] = await owner.ask<{ one: string; other: string }>(
        `SELECT (SELECT ${column}::text FROM audit WHERE ${PLACE}) AS one,
                (SELECT ${column}::text FROM audit WHERE tenant_id = $1 AND xid = $4 AND id = $5) AS other`,
        [one.tenantId, one.xid, one.id, other.xid, other.id],
      );
      if (was === undefined || was.one === was.other) continue;
      const set = (id: string, xid: string, value: string) =>
        owner.ask(`UPDATE audit SET ${column} = $4 WHERE ${PLACE}`, [one.tenantId, xid, id, value]);
      await set(one.id, one.xid, between);
      await set(other.id, other.xid, was.one);
      await set(column === 'id' ? between : one.id, column === 'xid' ? between : one.xid, was.other);
      return { tenants: [one.tenantId] };
    }
  };
}

function remove(many: (scene: Scene, row: Row) => Row[]): Tampering {
  return async (scene) => {
    const row = scene.random.pick(scene.rows);
    for (const { tenantId, xid, id } of many(scene, row)) {
      await scene.owner.ask(`DELETE FROM audit WHERE ${PLACE}`, [tenantId, xid, id]);
    }
    return { tenants: [row.tenantId] };
  };
}

function insert(xid: (row: Row) => string, tenant: (scene: Scene, row: Row) => string): Tampering {
  return async (scene) => {
    const row = scene.random.pick(scene.rows);
    const tenantId = tenant(scene, row);
    await scene.owner.ask(
      `INSERT INTO audit (tenant_id, xid, id, at, actor_kind, action, count)
       VALUES ($1, $2, $3, '2026-01-01', 'system', 'effects.moved', 5)`,
      [tenantId, xid(row), newId()],
    );
    return { tenants: [tenantId] };
  };
}

/** Everything that can be done to rows alone. */
export const ROWS: Record<string, Tampering> = {
  'edit at': edit(`at = at + interval '1 millisecond'`),
  'edit id': edit('id = gen_random_uuid()'),
  'edit xid': edit('xid = xid - 1'),
  'edit xid to before everything': edit('xid = -xid'),
  'edit actor_kind': edit(`actor_kind = CASE WHEN actor_kind = 'system' THEN 'member' ELSE 'system' END`),
  'edit action': edit(`action = 'connection.revoked'`),
  'edit subject_id': edit('subject_id = gen_random_uuid()', (r) => r.subject),
  'remove subject_id': edit('subject_id = NULL', (r) => r.subject),
  'edit count': edit('count = count + 1'),
  'edit digest': edit(`digest = sha256(digest)`, (r) => r.digest),
  'remove digest': edit('digest = NULL', (r) => r.digest),
  'add a digest': edit(`digest = '\\x00'`, (r) => !r.digest),
  'edit actor_digest': edit('actor_digest = sha256(actor_digest)', (r) => r.actor),
  'edit subject_digest': edit('subject_digest = sha256(subject_digest)', (r) => r.person),
  'delete a row': remove((_, row) => [row]),
  'delete a transaction': remove(({ rows }, row) =>
    rows.filter((r) => r.xid === row.xid && r.tenantId === row.tenantId),
  ),
  'delete a link’s rows': remove(({ rows }, row) =>
    rows.filter((r) => r.seq === row.seq && r.tenantId === row.tenantId),
  ),
  'move a row to another tenant': async ({ owner, random, rows, tenants }) => {
    const { tenantId, xid, id } = random.pick(rows);
    const other = random.pick(tenants.filter((t) => t !== tenantId));
    await owner.ask(`UPDATE audit SET tenant_id = $4 WHERE ${PLACE}`, [tenantId, xid, id, other]);
    return { tenants: [tenantId, other] };
  },
  'exchange ids': swap('id', newId(), true),
  'exchange ids between links': swap('id', newId(), false),
  'reorder by xid': swap('xid', '-7', true),
  'reorder by xid between links': swap('xid', '-7', false),
  'exchange times': swap('at', '2020-01-01', false),
  'put a row into the past': insert(
    (row) => row.xid,
    (_, row) => row.tenantId,
  ),
  'put a row before everything': insert(
    () => '1',
    (_, row) => row.tenantId,
  ),
  'give somebody new a past': insert(
    (row) => row.xid,
    () => newId(),
  ),
};
