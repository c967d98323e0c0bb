import type { Row, Tampering } from './scene.ts';

const PLACE = 'tenant_id = $1 AND xid = $2 AND id = $3';

function edit(set: string, fits: (row: Row) => boolean): Tampering {
  return async ({ owner, random, rows }) => {
    const { tenantId, xid, id } = random.pick(rows.filter(fits));
    await owner.ask(`UPDATE audit SET ${set} WHERE ${PLACE}`, [tenantId, xid, id]);
    return { tenants: [tenantId] };
  };
}

const NEW_SALT = 'uuid_send(gen_random_uuid())';
const SOMEBODY = `'0197b0c8-0000-7000-8000-000000000001'::uuid`;
const SALT = `'\\x000102030405060708090a0b0c0d0e0f'::bytea`;

function field(name: 'actor' | 'subject', fits: (row: Row) => boolean): Record<string, Tampering> {
  return {
    [`replace ${name}_id`]: edit(`${name}_id = gen_random_uuid()`, fits),
    [`replace ${name}_salt`]: edit(`${name}_salt = ${NEW_SALT}`, fits),
    [`replace ${name} with all that goes with it`]: edit(
      `${name}_id = ${SOMEBODY}, ${name}_salt = ${SALT}, ${name}_digest = sha256(${SALT} || uuid_send(${SOMEBODY}))`,
      fits,
    ),
    [`leave out ${name}_id`]: edit(`${name}_id = NULL`, fits),
    [`leave out ${name}_salt`]: edit(`${name}_salt = NULL`, fits),
    [`erase ${name} in silence`]: edit(`${name}_id = NULL, ${name}_salt = NULL`, fits),
    [`erase ${name} in an erasure's name`]: async ({ owner, random, rows }) => {
      const [erasure] = await owner.ask<{ tenantId: string; id: string }>(
        'SELECT tenant_id::text AS "tenantId", erasure_id::text AS id FROM audit_erasures LIMIT 1',
      );
      const { tenantId, xid, id } = random.pick(rows.filter((r) => fits(r) && r.tenantId === erasure?.tenantId));
      await owner.ask(`UPDATE audit SET ${name}_id = NULL, ${name}_salt = NULL WHERE ${PLACE}`, [tenantId, xid, id]);
      await owner.ask('INSERT INTO audit_erasures VALUES ($1, $2, $3, $4)', [tenantId, id, name, erasure?.id]);
      return { tenants: [tenantId] };
    },
    [`name a ${name} where there was none`]: edit(
      `${name}_id = ${SOMEBODY}, ${name}_salt = ${SALT}, ${name}_digest = sha256(${SALT} || uuid_send(${SOMEBODY}))`,
      (row) => !(name === 'actor' ? row.actor : row.person || row.subject),
    ),
  };
}

function ledger(statement: string): Tampering {
  return async ({ owner }) => {
    const [one] = await owner.ask<{ tenantId: string }>(
      'SELECT tenant_id::text AS "tenantId" FROM audit_erasures LIMIT 1',
    );
    await owner.ask(statement);
    return { tenants: one ? [one.tenantId] : [] };
  };
}

/** Everything that can be done to who stands beside the chain, and to the ledger of erasures. */
export const PEOPLE: Record<string, Tampering> = {
  ...field('actor', (row) => row.actor),
  ...field('subject', (row) => row.person),
  'forget an erasure': ledger('DELETE FROM audit_erasures'),
  'forget a part of an erasure': ledger(
    'DELETE FROM audit_erasures WHERE row_id = (SELECT min(row_id::text)::uuid FROM audit_erasures)',
  ),
  'exchange what an erasure was of': ledger('UPDATE audit_erasures SET erasure_id = gen_random_uuid()'),
  'name who was erased': ledger(
    `UPDATE audit a SET actor_id = ${SOMEBODY}, actor_salt = ${SALT}
     FROM (SELECT tenant_id, row_id FROM audit_erasures WHERE field = 'actor' LIMIT 1) e
     WHERE a.tenant_id = e.tenant_id AND a.id = e.row_id`,
  ),
};
