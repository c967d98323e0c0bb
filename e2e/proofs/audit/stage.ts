import { newId, systemClock } from '@secateur/base';
import { type AuditAction, auditMember, auditSystem } from '@secateur/core/audit';
import type { Context, MemberContext } from '@secateur/core/context';
import { type AuditAnchor, closeTrail, fileAnchor, type Trail, type Verified, verifyTrail } from '@secateur/core/trail';
import { createDb, withTenant } from '@secateur/db';
import { type Asker, openAsker, type Server, type Urls } from '../shared/database.ts';
import type { Random } from '../shared/random.ts';
import { until } from '../shared/until.ts';
import { KEY } from '../shared/worker.ts';
import { databaseAnchor } from './no-anchor.ts';

/** A database with tenants whose members and jobs leave rows, and whoever closes and verifies them. */
export type Stage = {
  urls: Urls;
  /** The database's owner, whom nothing keeps back. */
  owner: Asker;
  worker: Context;
  trail: Trail;
  members: MemberContext[];
  /** The tables that hold the trail. */
  tables: string[];
  /** Opens the owner's connection anew, after a crash of Postgres. */
  reopen(): Promise<void>;
  close(): Promise<void>;
};

export async function openStage(
  server: Server,
  name: string,
  tenants: number,
  bug: 'no-anchor' | null,
): Promise<Stage> {
  const urls = await server.database(name);
  let owner = await openAsker(urls.admin);
  const web = createDb(urls.web, { max: 10 });
  const worker = createDb(urls.worker, { max: 6, prepare: true });
  const tables = ['audit', 'audit_links', 'audit_erasures'];
  let anchor: AuditAnchor = fileAnchor(urls.anchor);
  if (bug === 'no-anchor') {
    anchor = await databaseAnchor(owner);
    tables.push('anchor_lines');
  }
  const members = Array.from({ length: tenants }, (): MemberContext => {
    const actor = { tenantId: newId(), userId: newId(), role: 'owner' as const, suspended: false, grants: [] };
    return { prisma: web.prisma, clock: systemClock, actor };
  });
  return {
    urls,
    get owner() {
      return owner;
    },
    worker: { prisma: worker.prisma, clock: systemClock },
    trail: { key: KEY, anchor },
    members,
    tables,
    async reopen() {
      await owner.close().catch(() => {});
      owner = await openAsker(urls.admin);
    },
    async close() {
      await owner.close();
      await Promise.all([web.close(), worker.close()]);
      await server.drop(name);
    },
  };
}

const ACTIONS: AuditAction[] = ['shield.raised', 'exemption.added', 'member.joined', 'shield.paused', 'trail.exported'];

/** One transaction of somebody's or of a job's, with a few rows. */
export async function act(member: MemberContext, random: Random, meanwhile?: () => Promise<unknown>): Promise<number> {
  const { tenantId } = member.actor;
  const rows = 1 + random.below(3);
  await withTenant(member.prisma, tenantId, async (tx) => {
    for (let n = 0; n < rows; n += 1) {
      if (random.chance(0.5)) {
        const digest = new Uint8Array(32).fill(random.below(256));
        const note = { action: 'effects.moved', subjectId: newId(), count: 1 + random.below(200), digest } as const;
        await auditSystem(tx, tenantId, new Date(), note);
      } else {
        const action = random.pick(ACTIONS);
        await auditMember(tx, member, { action, subjectId: action === 'trail.exported' ? null : newId() });
      }
      await meanwhile?.();
    }
  });
  return rows;
}

/** Closes and anchors everything that is written by now. */
export async function closeAll({ owner, worker, trail }: Stage): Promise<void> {
  const [now] = await owner.ask<{ xid: string }>('SELECT pg_current_xact_id()::text AS xid');
  const below = 'SELECT pg_snapshot_xmin(pg_current_snapshot()) > $1::text::xid8 AS so';
  await until(
    'transactions end',
    30,
    async () => (await owner.ask<{ so: boolean }>(below, [now?.xid]))[0]?.so ?? false,
  );
  await closeTrail(worker, trail);
}

/** What the product's own verification says of the trail as it is. */
export function verify({ worker, trail }: Stage, anchor: AuditAnchor = trail.anchor): Promise<Verified> {
  return verifyTrail(worker, { ...trail, anchor });
}
