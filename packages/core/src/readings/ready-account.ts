import { Refusal } from '@secateur/base';
import type { Tx } from '@secateur/db';
import type { NetworkName } from '@secateur/networks/port';

/** The account behind a connection that works. Throws the Refusals `not_found` and `connection_revoked`. */
export async function readyAccount(
  tx: Tx,
  tenantId: string,
  id: string,
): Promise<{ accountId: string; network: NetworkName }> {
  const connection = await tx.connection.findUnique({ where: { tenantId_id: { tenantId, id } } });
  if (!connection) throw new Refusal('not_found');
  const { accountId, network, state } = connection;
  if (accountId === null || state !== 'ready') throw new Refusal('connection_revoked');
  return { accountId, network };
}
