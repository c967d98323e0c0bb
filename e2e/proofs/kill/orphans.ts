import type { Asker } from '../shared/database.ts';

/** What dead workers held when they died: accounts with the claim that they had, and the members themselves. */
export type Orphans = { members: string[]; accounts: { accountId: string; epoch: number }[] };

/** What these members hold now. Asked when their processes are gone. */
export async function heldBy(asker: Asker, members: string[]): Promise<Orphans> {
  const accounts = await asker.ask<{ accountId: string; epoch: number }>(
    'SELECT account_id AS "accountId", epoch FROM network_accounts WHERE holder = ANY($1)',
    [members],
  );
  return { members, accounts };
}

/** Two looks at the same members; of an account in both the later claim counts. */
export function together(one: Orphans, other: Orphans): Orphans {
  const accounts = new Map([...one.accounts, ...other.accounts].map((a) => [a.accountId, a]));
  return { members: one.members, accounts: [...accounts.values()] };
}

/**
 * How many of them still wait: members that are not swept, accounts and jobs in a dead member's name, and accounts with
 * something in flight under the old claim, which nobody has taken since.
 */
export async function stillOrphaned(asker: Asker, { members, accounts }: Orphans): Promise<number> {
  const [row] = await asker.ask<{ left: number }>(
    `SELECT ((SELECT count(*) FROM queue.fleet WHERE member_id = ANY($1))
           + (SELECT count(*) FROM network_accounts WHERE holder = ANY($1))
           + (SELECT count(*) FROM queue_standard._private_jobs j
              WHERE EXISTS (SELECT FROM unnest($1) m WHERE j.locked_by LIKE 'member:' || m || ':%'))
           + (SELECT count(*) FROM unnest($2::uuid[], $3::int[]) AS o (account_id, epoch)
              JOIN network_accounts n ON n.account_id = o.account_id AND n.epoch = o.epoch
              WHERE EXISTS (SELECT FROM effects e WHERE e.account_id = n.account_id AND e.tenant_id = n.tenant_id
                              AND e.state IN ('applying', 'lifting'))))::int AS left`,
    [members, accounts.map((a) => a.accountId), accounts.map((a) => a.epoch)],
  );
  return row?.left ?? 0;
}
