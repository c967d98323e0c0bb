import type { Tx } from '@secateur/db';
import type { NetworkName } from '@secateur/networks/port';

/** The accounts that are not about to be disconnected, each with where it is. */
export async function staying(
  tx: Tx,
  tenantId: string,
  on: { connectionId: string; accountId: string }[],
): Promise<{ accountId: string; network: NetworkName }[]> {
  const rows = await tx.connection.findMany({
    where: { tenantId, id: { in: on.map((c) => c.connectionId) }, state: { notIn: ['leaving', 'gone'] } },
    select: { id: true, network: true },
  });
  return on.flatMap(({ connectionId, accountId }) => {
    const stays = rows.find(({ id }) => id === connectionId);
    return stays ? [{ accountId, network: stays.network }] : [];
  });
}
