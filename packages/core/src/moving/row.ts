import { withTenant } from '@secateur/db';
import type { NetworkName } from '@secateur/networks/port';
import type { Leaving } from '../connections/schemas.ts';
import type { WorkerContext } from '../context/index.ts';

export type Ref = { tenantId: string; connectionId: string };

/** A connection to which an account moves. */
export type Row = {
  network: NetworkName;
  state: string;
  accountId: string | null;
  sealed: Uint8Array | null;
  version: number;
  way: 'password' | 'oauth';
  leaving: Leaving | null;
  provenAt: Date | null;
};

export async function read(ctx: WorkerContext, { tenantId, connectionId }: Ref): Promise<Row | null> {
  return withTenant(ctx.prisma, tenantId, (tx) =>
    tx.connection.findUnique({ where: { tenantId_id: { tenantId, id: connectionId } } }),
  );
}
