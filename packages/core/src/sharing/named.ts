import { profileId } from '@secateur/base';
import type { SqlTx } from '@secateur/db';
import type { NetworkName } from '@secateur/networks/port';
import { accountIn } from '../uploads/policy/index.ts';

/** A page of somebody's own on a server that speaks Mastodon's API, as it is copied from a browser. */
const PAGE = /^https?:\/\/([^/]+)\/@([^/@]+)\/?$/i;

/** The profile that this is the network's own id of, seen or not; null for what can name nobody there. */
export function profileOfId(network: NetworkName, raw: string): string | null {
  const named = accountIn(network, raw);
  return named === null ? null : profileId(network, named);
}

/** Those of a network who have this name, or this id, as far as they were ever seen. */
export async function profilesNamed(tx: SqlTx, network: NetworkName, raw: string): Promise<string[]> {
  const named = accountIn(network, raw);
  if (named === null) return [];
  const handle = named.replace(PAGE, '$2@$1');
  const rows = await tx.$queryRaw<{ id: string }[]>`
    SELECT id FROM profiles
    WHERE network = ${network}::network
      AND (handle ILIKE ${handle.replace(/[\\%_]/g, '\\$&')} OR id = ${profileId(network, named)}::uuid)
    LIMIT 10`;
  return rows.map(({ id }) => id);
}
