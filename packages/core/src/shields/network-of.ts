import { Refusal } from '@secateur/base';
import type { Tx } from '@secateur/db';
import type { NetworkName } from '@secateur/networks/port';

/** The network on which a shield acts: that of its accounts. Throws `not_found` where none of them is known any more. */
export async function networkOfShield(
  tx: Tx,
  tenantId: string,
  connections: { connectionId: string }[],
): Promise<NetworkName> {
  const found = await tx.connection.findFirst({
    where: { tenantId, id: { in: connections.map((c) => c.connectionId) } },
    select: { network: true },
  });
  if (!found) throw new Refusal('not_found');
  return found.network;
}
