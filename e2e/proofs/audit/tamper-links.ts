import { createHash, randomBytes } from 'node:crypto';
import { newId } from '@secateur/base';
import { type ChainedRow, type Link, lineOf, macOf, NOTHING } from '@secateur/core/trail';
import type { Asker } from '../shared/database.ts';
import type { LinkRow, Scene, Tampering } from './scene.ts';

const PLACE = 'tenant_id = $1 AND seq = $2';

function edit(set: string): Tampering {
  return async ({ owner, random, links }) => {
    const { tenantId, seq } = random.pick(links);
    await owner.ask(`UPDATE audit_links SET ${set} WHERE ${PLACE}`, [tenantId, seq]);
    return { tenants: [tenantId] };
  };
}

function remove(fits: (link: LinkRow) => boolean): Tampering {
  return async ({ owner, random, links }) => {
    const { tenantId, seq } = random.pick(links.filter(fits));
    await owner.ask(`DELETE FROM audit_links WHERE ${PLACE}`, [tenantId, seq]);
    return { tenants: [tenantId] };
  };
}

/** Takes a tenant's newest links away with everything that they cover. */
async function truncate(
  { owner, random, links, tenants }: Scene,
  whose: 'one' | 'all',
): Promise<{ tenants: string[] }> {
  const of = whose === 'all' ? tenants : [random.pick(tenants)];
  for (const tenantId of of) {
    const count = links.filter((l) => l.tenantId === tenantId).length;
    const left = random.below(count);
    await owner.ask(
      `DELETE FROM audit WHERE tenant_id = $1
       AND xid > coalesce((SELECT upto_xid FROM audit_links WHERE ${PLACE}), -1)`,
      [tenantId, left],
    );
    await owner.ask('DELETE FROM audit_links WHERE tenant_id = $1 AND seq > $2', [tenantId, left]);
  }
  return { tenants: of };
}

/** Closes a tenant's whole chain anew over what is in its rows now, with a key that isn't ours. */
async function rewrite(owner: Asker, tenantId: string, key: Uint8Array): Promise<void> {
  const links = await owner.ask<Omit<Link, 'entry' | 'uptoXid'> & { entry: string; uptoXid: string }>(
    `SELECT tenant_id::text AS "tenantId", seq, entry::text AS entry, upto_xid::text AS "uptoXid", rows, digest, mac,
            closed_at AS "closedAt" FROM audit_links WHERE tenant_id = $1 ORDER BY seq`,
    [tenantId],
  );
  let after = '-1';
  let before: Uint8Array = NOTHING;
  for (const link of links) {
    const rows = await owner.ask<ChainedRow>(
      `SELECT xid::text AS xid, id::text AS id, at, actor_kind::text AS "actorKind", actor_digest AS "actorDigest", action,
              subject_id::text AS "subjectId", subject_digest AS "subjectDigest", count, digest
       FROM audit WHERE tenant_id = $1 AND xid > $2 AND xid <= $3 ORDER BY audit.xid, audit.id`,
      [tenantId, after, link.uptoXid],
    );
    const hash = createHash('sha256');
    for (const row of rows) hash.update(lineOf(row));
    const digest = new Uint8Array(hash.digest());
    const next = { ...link, entry: BigInt(link.entry), uptoXid: BigInt(link.uptoXid), rows: rows.length, digest };
    before = macOf(key, before, next);
    await owner.ask(`UPDATE audit_links SET rows = $3, digest = $4, mac = $5 WHERE ${PLACE}`, [
      tenantId,
      link.seq,
      rows.length,
      Buffer.from(digest),
      Buffer.from(before),
    ]);
    after = link.uptoXid;
  }
}

function rewritten(key: () => Uint8Array): Tampering {
  return async ({ owner, random, rows }) => {
    const { tenantId, xid, id } = random.pick(rows);
    await owner.ask('DELETE FROM audit WHERE tenant_id = $1 AND xid = $2 AND id = $3', [tenantId, xid, id]);
    await rewrite(owner, tenantId, key());
    return { tenants: [tenantId] };
  };
}

/** Everything that can be done to links, alone and together with their rows. */
export const LINKS: Record<string, Tampering> = {
  'edit seq': edit('seq = seq + 100'),
  'edit entry': edit('entry = entry + 1000'),
  'edit upto_xid': edit('upto_xid = upto_xid - 1'),
  'edit rows of a link': edit('rows = rows + 1'),
  'edit digest of a link': edit('digest = sha256(digest)'),
  'edit mac': edit('mac = sha256(mac)'),
  'edit closed_at': edit(`closed_at = closed_at - interval '1 minute'`),
  'delete a link': remove(() => true),
  'delete the newest link': remove((link) => link.last),
  'truncate one tenant': (scene) => truncate(scene, 'one'),
  'truncate every tenant': (scene) => truncate(scene, 'all'),
  'take everything back': async (scene) => {
    await scene.takeBack();
    return { tenants: scene.tenants };
  },
  'delete a tenant': async ({ owner, random, tenants }) => {
    const tenantId = random.pick(tenants);
    for (const table of ['audit', 'audit_links', 'audit_erasures']) {
      await owner.ask(`DELETE FROM ${table} WHERE tenant_id = $1`, [tenantId]);
    }
    return { tenants: [tenantId] };
  },
  'rename a tenant': async ({ owner, random, tenants }) => {
    const tenantId = random.pick(tenants);
    const other = newId();
    for (const table of ['audit', 'audit_links', 'audit_erasures']) {
      await owner.ask(`UPDATE ${table} SET tenant_id = $2 WHERE tenant_id = $1`, [tenantId, other]);
    }
    return { tenants: [tenantId, other] };
  },
  'rewrite a chain with a guessed key': rewritten(() => new Uint8Array(randomBytes(32))),
  'rewrite a chain with no key': rewritten(() => new Uint8Array()),
};
