import { readFileSync } from 'node:fs';
import type { Asker } from '../shared/database.ts';
import type { Random } from '../shared/random.ts';
import type { Stage } from './stage.ts';

/** A row of the untouched trail that is older than the anchor. */
export type Row = {
  tenantId: string;
  xid: string;
  id: string;
  seq: number;
  actor: boolean;
  person: boolean;
  subject: boolean;
  digest: boolean;
};
export type LinkRow = { tenantId: string; seq: number; last: boolean };

/** What a tamperer sees: everything but the key. */
export type Scene = {
  owner: Asker;
  random: Random;
  rows: Row[];
  links: LinkRow[];
  tenants: string[];
  /** The anchor's lines; empty when they are in the database. */
  lines: string[];
  /** Makes the tables what they were when a third of the time had passed. */
  takeBack(): Promise<void>;
};

/** What was done: to whose trail, or with which lines in the place of the anchor's. */
export type Done = { tenants: string[] } | { lines: string[] };
export type Tampering = (scene: Scene) => Promise<Done>;

export async function openScene(stage: Stage, random: Random, takeBack: () => Promise<void>): Promise<Scene> {
  const { owner, urls } = stage;
  const rows = await owner.ask<Row>(
    `SELECT a.tenant_id::text AS "tenantId", a.xid::text AS xid, a.id::text AS id, l.seq, a.actor_id IS NOT NULL AS actor,
            a.subject_digest IS NOT NULL AND a.subject_id IS NOT NULL AS person,
            a.subject_digest IS NULL AND a.subject_id IS NOT NULL AS subject, a.digest IS NOT NULL AS digest
     FROM audit a CROSS JOIN LATERAL (
       SELECT seq FROM audit_links x WHERE x.tenant_id = a.tenant_id AND x.upto_xid >= a.xid ORDER BY seq LIMIT 1) l
     ORDER BY a.tenant_id, a.xid, a.id`,
  );
  const links = await owner.ask<LinkRow>(
    `SELECT tenant_id::text AS "tenantId", seq, seq = max(seq) OVER (PARTITION BY tenant_id) AS last FROM audit_links
     ORDER BY 1, 2`,
  );
  const tenants = [...new Set(links.map((l) => l.tenantId))];
  const lines = stage.tables.includes('anchor_lines') ? [] : readFileSync(urls.anchor, 'utf8').trimEnd().split('\n');
  return { owner, random, rows, links, tenants, lines, takeBack };
}
