import type { Asker } from './database.ts';
import type { Loaded } from './load.ts';

/** Wakes every account in one statement, as raising a shield does for its own. `asker` is of the accounts' database. */
export async function wakeAll(asker: Asker, accounts: Loaded[]): Promise<void> {
  const payloads = accounts.map(({ tenantId, accountId }) => ({ tenantId, accountId }));
  const keys = accounts.map(({ accountId }) => `act:${accountId}`);
  await asker.ask(`SELECT queue.enqueue_many('standard', 'effects.act', $1::json, $2, 0, 8)`, [
    JSON.stringify(payloads),
    keys,
  ]);
}
