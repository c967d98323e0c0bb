import { type SqlTx, withTenantSql } from '@secateur/db';
import { NetworkError, type NetworkName } from '@secateur/networks/port';
import { auditSystem } from '../audit/index.ts';
import type { WorkerContext } from '../context/index.ts';
import { type Binding, open, prepareOpening, SecretUnreadable } from '../secrets/index.ts';

/** A connection with what is sealed in it, as somebody read it. */
export type SealedConnection = {
  tenantId: string;
  network: NetworkName;
  id: string;
  version: number;
  sealed: Uint8Array;
};

/** What a connection's credentials are bound to. */
export function credentialsOf({ tenantId, network, id, version }: Omit<SealedConnection, 'sealed'>): Binding {
  return { tenantId, network, subjectId: id, version, purpose: 'credentials' };
}

/** Opens what was read already. */
export type Opening = () => Promise<string>;

/** Reads in `tx` what opening a connection's credentials takes; what comes back opens them afterwards. */
export function prepareCredentials(ctx: WorkerContext, tx: SqlTx, row: SealedConnection): Promise<Opening> {
  return prepareOpening(ctx, tx, credentialsOf(row), row.sealed);
}

/**
 * Opens a connection's credentials. They may have been renewed, or sealed under a newer key, since the row was read: what does
 * not open is read once more, and `version` says which was opened. Throws NetworkError `unauthorized` when nobody can open
 * them any more, and leaves an audit row; SecretUnreadable when it is only this process that can't. `opening` is what `prepareCredentials` gave for this row.
 */
export async function openCredentials(
  ctx: WorkerContext,
  row: SealedConnection,
  opening: Opening | null = null,
): Promise<{ text: string; version: number }> {
  try {
    try {
      const text = opening ? await opening() : await open(ctx, credentialsOf(row), row.sealed);
      return { text, version: row.version };
    } catch (error) {
      if (!(error instanceof SecretUnreadable)) throw error;
      const fresh = await reread(ctx, row);
      if (!fresh || Buffer.from(fresh.sealed).equals(row.sealed)) throw error;
      return { text: await open(ctx, credentialsOf(fresh), fresh.sealed), version: fresh.version };
    }
  } catch (error) {
    if (!(error instanceof SecretUnreadable) || error.why === 'no_key') throw error;
    await withTenantSql(ctx.prisma, row.tenantId, (tx) =>
      auditSystem(tx, row.tenantId, ctx.clock.now(), { action: 'secrets.unreadable', subjectId: row.id }),
    );
    throw new NetworkError('unauthorized', { cause: error });
  }
}

/** A connection's credentials as they are stored now; null when there are none. */
export async function reread(
  ctx: WorkerContext,
  row: Omit<SealedConnection, 'version' | 'sealed'>,
): Promise<SealedConnection | null> {
  const [found] = await withTenantSql(
    ctx.prisma,
    row.tenantId,
    (tx) => tx.$queryRaw<{ version: number; sealed: Uint8Array | null }[]>`
      SELECT version, sealed FROM connections WHERE tenant_id = ${row.tenantId}::uuid AND id = ${row.id}::uuid`,
  );
  return found?.sealed ? { ...row, version: found.version, sealed: found.sealed } : null;
}
