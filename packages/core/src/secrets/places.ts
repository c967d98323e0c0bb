import type { SqlTx } from '@secateur/db';
import type { Purpose } from './binding.ts';
import { type Blob, keptHeader } from './blob.ts';

/** A row that holds a secret. `version` counts the secrets it held: it is part of what each is bound to. */
export type SecretRow = { id: string; network: string; version: number; sealed: Uint8Array };

/**
 * A table that holds secrets, in a column called `sealed`. Whoever adds one adds it to PLACES: rotation and shredding go by
 * that list, and a test compares it with the database.
 */
export type Place = {
  table: string;
  purpose: Purpose;
  /** Locks at most so many rows whose secret is not sealed under that version of the tenant's key, by id from after `after`. */
  behind(tx: SqlTx, tenantId: string, keyVersion: number, page: { after: string; most: number }): Promise<SecretRow[]>;
  /** Puts the same secret, sealed anew, into a locked row. */
  replace(tx: SqlTx, tenantId: string, row: SecretRow, sealed: Blob): Promise<void>;
  /** Whether any secret is sealed under that version. */
  anyUnder(tx: SqlTx, tenantId: string, keyVersion: number): Promise<boolean>;
  /** Takes all secrets away and returns the rows as they were. */
  clear(tx: SqlTx, tenantId: string): Promise<SecretRow[]>;
};

const connections: Place = {
  table: 'connections',
  purpose: 'credentials',
  behind: async (tx, tenantId, keyVersion, { after, most }) =>
    tx.$queryRaw<SecretRow[]>`
      SELECT id, network::text AS network, version, sealed FROM connections
      WHERE tenant_id = ${tenantId}::uuid AND id > ${after}::uuid AND substr(sealed, 1, 5) <> ${keptHeader(keyVersion)}::bytea
      ORDER BY id LIMIT ${most}::int FOR UPDATE`,
  replace: async (tx, tenantId, row, sealed) => {
    await tx.$executeRaw`
      UPDATE connections SET sealed = ${sealed}::bytea WHERE tenant_id = ${tenantId}::uuid AND id = ${row.id}::uuid`;
  },
  anyUnder: async (tx, tenantId, keyVersion) => {
    const rows = await tx.$queryRaw<unknown[]>`
      SELECT 1 FROM connections
      WHERE tenant_id = ${tenantId}::uuid AND substr(sealed, 1, 5) = ${keptHeader(keyVersion)}::bytea LIMIT 1`;
    return rows.length > 0;
  },
  clear: async (tx, tenantId) =>
    // A newer version: whoever is signing in with the old secret finds that it is no longer theirs to store.
    tx.$queryRaw<SecretRow[]>`
      WITH had AS (
        SELECT id, network::text AS network, version, sealed FROM connections
        WHERE tenant_id = ${tenantId}::uuid AND sealed IS NOT NULL FOR UPDATE
      )
      UPDATE connections c SET sealed = NULL, version = c.version + 1, wake_at = NULL, problem = 'connection_revoked',
             state = CASE WHEN c.state IN ('connecting', 'refused', 'elsewhere', 'moving') THEN 'refused'::connection_state ELSE 'revoked'::connection_state END
      FROM had WHERE c.tenant_id = ${tenantId}::uuid AND c.id = had.id
      RETURNING had.id, had.network, had.version, had.sealed`,
};

const renewals: Place = {
  table: 'renewals',
  purpose: 'renewal',
  behind: async (tx, tenantId, keyVersion, { after, most }) =>
    tx.$queryRaw<SecretRow[]>`
      SELECT id, network::text AS network, 1 AS version, sealed FROM renewals
      WHERE tenant_id = ${tenantId}::uuid AND id > ${after}::uuid AND substr(sealed, 1, 5) <> ${keptHeader(keyVersion)}::bytea
      ORDER BY id LIMIT ${most}::int FOR UPDATE`,
  replace: async (tx, tenantId, row, sealed) => {
    await tx.$executeRaw`
      UPDATE renewals SET sealed = ${sealed}::bytea WHERE tenant_id = ${tenantId}::uuid AND id = ${row.id}::uuid`;
  },
  anyUnder: async (tx, tenantId, keyVersion) => {
    const rows = await tx.$queryRaw<unknown[]>`
      SELECT 1 FROM renewals
      WHERE tenant_id = ${tenantId}::uuid AND substr(sealed, 1, 5) = ${keptHeader(keyVersion)}::bytea LIMIT 1`;
    return rows.length > 0;
  },
  clear: async (tx, tenantId) =>
    tx.$queryRaw<SecretRow[]>`
      WITH had AS (
        SELECT id, network::text AS network, 1 AS version, sealed FROM renewals
        WHERE tenant_id = ${tenantId}::uuid AND sealed IS NOT NULL FOR UPDATE
      )
      UPDATE renewals r SET sealed = NULL, wake_at = NULL, problem = 'connection_revoked'
      FROM had WHERE r.tenant_id = ${tenantId}::uuid AND r.id = had.id
      RETURNING had.id, had.network, had.version, had.sealed`,
};

/** Every one of them. */
export const PLACES: readonly Place[] = [connections, renewals];
