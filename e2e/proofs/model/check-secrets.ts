import type { Game } from './game.ts';
import { PASSWORD } from './people.ts';
import { hold } from './promises.ts';

/** What credentials hold in the clear: the password that was typed; the name and the head of a token. */
const CANARIES = [PASSWORD, 'accessJwt', 'eyJ0eXAi'];

/** No table and no queue has a credential that one could read. */
export async function checkSecrets(game: Game): Promise<void> {
  const tables = await game.ask<{ name: string }>(
    `SELECT format('%I.%I', n.nspname, c.relname) AS name FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
     WHERE c.relkind IN ('r', 'p') AND NOT c.relispartition AND (n.nspname = 'public' OR n.nspname LIKE 'queue%')`,
  );
  const hits = tables.map(
    ({ name }) => `SELECT '${name}' AS name FROM ${name} t WHERE t::text LIKE ANY ($1) OR t::text LIKE ANY ($2)`,
  );
  const found = await game.ask<{ name: string }>(hits.join(' UNION ALL '), [
    CANARIES.map((c) => `%${c}%`),
    // Bytes are shown in hexadecimal.
    CANARIES.map((c) => `%${Buffer.from(c).toString('hex')}%`),
  ]);
  hold(found.length === 0, 'secrets', () => `${found[0]?.name} holds a credential in the clear`);
}
