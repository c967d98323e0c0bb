import { type Asker, openAsker, type Urls } from '../shared/database.ts';

/** Tables without a tenant: what is public anyway, and who people are before they are anywhere. */
const SHARED = [
  'audience_members',
  'audiences',
  // Whose turn it is to close the trail's links.
  'audit_closing',
  'budget_spends',
  'challenges',
  // A view of the audiences' members and of the files', which asks as whoever asks it: the files' own policy holds.
  'crowd_members',
  'devices',
  'half_sign_ins',
  'identities',
  // When a public crowd was last looked at.
  'looks',
  'mail_links',
  // Each browser sees its own rows only.
  'oauth_flows',
  'passkeys',
  'profiles',
  'rate_limits',
  'recovery_codes',
  'recovery_tries',
  'second_contacts',
  // As whom servers know us.
  'server_apps',
  'sessions',
  'users',
  'verification_tokens',
  // On its way to whomever it reaches; the web app can't read it back.
  'written_appeals',
];

type Table = { name: string; private: boolean };

/**
 * Asks each private table, as each of the apps' roles, without any condition: with another tenant set, with none set,
 * and with a row that names the tenant. Returns what was found that shouldn't be.
 */
export async function lookPast(
  urls: Omit<Urls, 'anchor'>,
  admin: Asker,
  tenantId: string,
  otherId: string,
): Promise<string[]> {
  const wrong: string[] = [];
  const tables = await admin.ask<Table>(
    `SELECT c.relname AS name, c.relname = 'tenants' OR EXISTS (
       SELECT FROM pg_attribute a WHERE a.attrelid = c.oid AND a.attname = 'tenant_id' AND NOT a.attisdropped) AS private
     FROM pg_class c WHERE c.relnamespace = 'public'::regnamespace AND c.relkind IN ('r', 'p', 'v', 'm')
       AND c.relname NOT LIKE '\\_prisma%' ORDER BY 1`,
  );
  for (const { name } of tables.filter((table) => !table.private && !isPart(table.name, tables)))
    if (!SHARED.includes(name)) wrong.push(`${name} has no tenant and nobody said why`);
  for (const url of [urls.web, urls.worker]) {
    const role = new URL(url).username;
    const asker = await openAsker(url);
    try {
      for (const { name } of tables.filter((table) => table.private)) {
        const key = name === 'tenants' ? 'id' : 'tenant_id';
        for (const set of [otherId, '']) {
          const found = await countAs(
            asker,
            set,
            `SELECT count(*)::int AS n FROM ${name} WHERE ${key} = '${tenantId}'`,
          );
          if (found > 0)
            wrong.push(`${role} sees ${found} rows of ${name} with ${set ? 'another tenant' : 'no tenant'} set`);
        }
      }
    } finally {
      await asker.close();
    }
  }
  return wrong;
}

/** Rows found; a table that this role may not read at all shows none. */
async function countAs(asker: Asker, tenantId: string, sql: string): Promise<number> {
  await asker.ask('BEGIN');
  try {
    await asker.ask(`SELECT set_config('app.tenant_id', $1, true)`, [tenantId]);
    const [row] = await asker.ask<{ n: number }>(sql);
    return row?.n ?? 0;
  } catch (error) {
    if (error instanceof Error && /permission denied/.test(error.message)) return 0;
    throw error;
  } finally {
    await asker.ask('ROLLBACK');
  }
}

/** Parts of a table that is kept in parts carry its name and a number. */
function isPart(name: string, tables: readonly Table[]): boolean {
  const whole = name.replace(/_\d+$/, '');
  return whole !== name && tables.some((table) => table.name === whole);
}
