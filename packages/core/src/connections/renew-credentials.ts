import { withTenant } from '@secateur/db';
import { type Credentials, NetworkError, type NetworkPort } from '@secateur/networks/port';
import type { WorkerContext } from '../context/index.ts';
import { keep } from '../secrets/index.ts';
import { credentialsOf, openCredentials, reread, type SealedConnection } from './credentials.ts';
import { lasting } from './lasting.ts';

/**
 * Renews a connection's credentials where nobody else does at the same time, in any process: a refresh token works once, and
 * a server that sees one twice takes it for stolen. What `renew` gets was read under the lock; what it returns is stored
 * before it is returned. Throws NetworkError `unauthorized` when there is nothing stored any more, `down` when somebody
 * stored other credentials while the network was asked.
 */
export async function renewCredentials(
  ctx: WorkerContext,
  port: NetworkPort,
  connection: Omit<SealedConnection, 'version' | 'sealed'>,
  renew: (stored: Credentials) => Promise<Credentials>,
): Promise<{ text: Credentials; version: number }> {
  return ctx.locks.alone(`credentials ${connection.id}`, async () => {
    const row = await reread(ctx, connection);
    if (!row) throw new NetworkError('unauthorized');
    const stored = await openCredentials(ctx, row);
    const text = await renew(stored.text);
    if (text === stored.text) return stored;
    const { version: before } = stored;
    const version = before + 1;
    const { tenantId, id } = connection;
    await withTenant(ctx.prisma, tenantId, async (tx) => {
      const [same] = await tx.$queryRaw<{ version: number; toldAt: Date | null }[]>`
        SELECT version, told_at AS "toldAt" FROM connections
        WHERE tenant_id = ${tenantId}::uuid AND id = ${id}::uuid FOR UPDATE`;
      // Somebody gave newer ones: these are not stored over them.
      if (same?.version !== before) throw new NetworkError('down', { message: 'other credentials are stored by now' });
      const sealed = await keep(ctx, tx, credentialsOf({ ...connection, version }), text);
      await tx.connection.update({
        where: { tenantId_id: { tenantId, id } },
        data: { sealed, version, ...lasting(port.grantOf(text), same.toldAt, ctx.clock.now()) },
      });
    });
    return { text, version };
  });
}
