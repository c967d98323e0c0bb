import { profileId } from '@secateur/base';
import type { Asker } from './database.ts';
import { type Loaded, WHOLE_TENANT } from './load.ts';

/** Whom an account is to block. */
export type Want = { account: Loaded; dids: string[] };

/** Rows of one statement. */
const CHUNK = 10_000;

/** Writes what a plan writes: profiles, targets, effects, counts, and the tokens held for them. One transaction. */
export async function wantTargets(asker: Asker, wants: Want[], now: Date): Promise<void> {
  const rows = wants.flatMap(({ account, dids }) =>
    dids.map((did) => ({ ...account, did, id: profileId('bluesky', did) })),
  );
  await asker.ask('BEGIN');
  await lockAccounts(asker, wants);
  for (let from = 0; from < rows.length; from += CHUNK) {
    const some = rows.slice(from, from + CHUNK);
    const ids = some.map((t) => t.id);
    await asker.ask(
      `INSERT INTO profiles (id, network, native_id, handle, seen_at)
       SELECT id, 'bluesky', did, did, $3 FROM unnest($1::uuid[], $2::text[]) AS p (id, did) ORDER BY id
       ON CONFLICT DO NOTHING`,
      [ids, some.map((t) => t.did), now],
    );
    const owned = [some.map((t) => t.tenantId), some.map((t) => t.accountId), ids, some.map((t) => t.shieldId)];
    await asker.ask(
      `INSERT INTO targets (tenant_id, account_id, profile_id, action, shield_id, state)
       SELECT t, a, p, 'block', s, 'covering' FROM unnest($1::uuid[], $2::uuid[], $3::uuid[], $4::uuid[]) AS x (t, a, p, s)`,
      owned,
    );
    await asker.ask(
      `INSERT INTO effects (tenant_id, account_id, profile_id, action, state, shield_id, rank)
       SELECT t, a, p, 'block', 'pending', s, 1
       FROM unnest($1::uuid[], $2::uuid[], $3::uuid[], $4::uuid[]) AS x (t, a, p, s)`,
      owned,
    );
  }
  await count(asker, wants);
  await asker.ask('COMMIT');
}

/** In the order in which everybody does. */
async function lockAccounts(asker: Asker, wants: Want[]): Promise<void> {
  await asker.ask('SELECT FROM network_accounts WHERE account_id = ANY($1) ORDER BY tenant_id, account_id FOR UPDATE', [
    wants.map((w) => w.account.accountId),
  ]);
}

async function count(asker: Asker, wants: Want[]): Promise<void> {
  await asker.ask(`UPDATE shields SET state = 'acting', ended_at = NULL WHERE id = ANY($1)`, [
    wants.map((w) => w.account.shieldId),
  ]);
  const each = [wants.map((w) => w.account.accountId), wants.map((w) => w.dids.length)];
  await asker.ask(
    `UPDATE shield_connections c SET total = total + n, pending = pending + n, tokens_held = tokens_held + n
     FROM unnest($1::uuid[], $2::int[]) AS w (account_id, n) WHERE c.account_id = w.account_id`,
    each,
  );
  await asker.ask(
    `UPDATE quotas q SET level = level - n FROM unnest($1::uuid[], $2::int[]) AS w (account_id, n)
     WHERE q.account_id = w.account_id`,
    each,
  );
  await asker.ask(
    `UPDATE quotas q SET level = level - w.n
     FROM (SELECT tenant_id, sum(n) AS n FROM unnest($1::uuid[], $2::int[]) AS x (tenant_id, n) GROUP BY 1) w
     WHERE q.tenant_id = w.tenant_id AND q.account_id = $3`,
    [wants.map((w) => w.account.tenantId), wants.map((w) => w.dids.length), WHOLE_TENANT],
  );
}
