import { newId } from '@secateur/base';
import { createDb, type Db, type SqlTx, withTenant, withTenantSql } from '@secateur/db';
import { type Asker, openAsker, type Server } from '../shared/database.ts';
import { randomOf } from '../shared/random.ts';
import type { Finding } from '../shared/say.ts';
import { seedSessionTenant } from './session-tenant.ts';
import { startPooler } from './start.ts';

export type PoolerOptions = {
  queries: number;
  tenants: number;
  /** Askers at a time. Each is a client of the pooler while its transaction lasts. */
  askers: number;
  /** Connections to the server that they share. */
  servers: number;
  seed: number;
  bug: 'session-tenant' | null;
  say(text: string): void;
};

const PROMISE = 'nobody reads another tenant through a pooler';
/** Rows of each tenant: enough that an answer with too few is seen too. */
const ROWS = 3;

type Tenant = { id: string; rows: number };

/**
 * Many askers read by the one door, each for a tenant drawn by lot and without any condition of their own, through a
 * PgBouncer that shares a few sessions out by transaction. Some of the transactions fail half-way and are rolled back.
 */
export async function provePooler(server: Server, options: PoolerOptions): Promise<Finding> {
  const { queries, tenants: count, askers, servers, seed, bug, say } = options;
  const urls = await server.database('pooler');
  const admin = await openAsker(urls.admin);
  const tenants = await makeTenants(admin, count);
  await admin.close();
  const pooler = await startPooler(urls.web, servers);
  const endBug = bug === null ? () => {} : seedSessionTenant();
  const db = createDb(pooler.url, { max: askers });
  const tally = { asked: 0, cross: 0, short: 0, rolledBack: 0 };
  try {
    say(`${queries} queries for ${count} tenants by ${askers} askers over ${servers} sessions`);
    await Promise.all(
      Array.from({ length: askers }, async (_, asker) => {
        const random = randomOf(`pooler ${seed} ${asker}`).next;
        while (tally.asked < queries) {
          tally.asked += 1;
          if (tally.asked % 20_000 === 0) say(`${tally.asked} asked, ${tally.cross} crossed`);
          const tenant = tenants[Math.floor(random() * tenants.length)];
          if (!tenant) continue;
          const found = await ask(db, tenant, random());
          if (found === null) tally.rolledBack += 1;
          else if (found.some((id) => id !== tenant.id)) tally.cross += 1;
          else if (found.length !== tenant.rows) tally.short += 1;
        }
      }),
    );
  } finally {
    endBug();
    await db.close();
    await pooler.close();
    await server.drop('pooler');
  }
  const broke = tally.cross > 0 || tally.short > 0 ? PROMISE : null;
  return { figures: { queries: tally.asked, tenants: count, askers, servers, ...tally }, broke };
}

/** One in fifty transactions fails after it has read. */
const FAILS = 0.02;

/** What an asker finds who names no tenant; null when the transaction was made to fail. By both ways through the door. */
async function ask(db: Db, { id }: Tenant, luck: number): Promise<string[] | null> {
  const failing = new Error('made to fail');
  const enter = luck < 0.5 ? withTenant : withTenantSql;
  try {
    return await enter(db.prisma, id, async (tx: SqlTx) => {
      const rows = await tx.$queryRaw<{ tenantId: string }[]>`SELECT tenant_id::text AS "tenantId" FROM exemptions`;
      if (luck % 0.5 < FAILS / 2) throw failing;
      return rows.map(({ tenantId }) => tenantId);
    });
  } catch (error) {
    if (error === failing) return null;
    throw error;
  }
}

async function makeTenants(admin: Asker, count: number): Promise<Tenant[]> {
  const tenants = Array.from({ length: count }, () => ({ id: newId(), rows: ROWS }));
  const ids = tenants.map(({ id }) => id);
  await admin.ask(
    `INSERT INTO tenants (id, name, created_at) SELECT id, 'Somebody', now() FROM unnest($1::uuid[]) id`,
    [ids],
  );
  await admin.ask(
    `INSERT INTO exemptions (tenant_id, profile_id, added_by, added_at)
     SELECT id, gen_random_uuid(), id, now() FROM unnest($1::uuid[]) id, generate_series(1, $2)`,
    [ids, ROWS],
  );
  return tenants;
}
