import { newId } from '@secateur/base';
import type { SqlTx } from '@secateur/db';
import { auditSystem } from '../audit/index.ts';

export type Erasure = {
  tenantId: string;
  /** Whose name goes: a user, a profile, a network account. Null: everybody's, as when a tenant is deleted. */
  personId: string | null;
  now: Date;
};

/** Rows changed in one transaction. */
const STEP = 5_000;

/**
 * Takes a person out of a tenant's trail, in the caller's transaction inside that tenant: what named them is gone, what was
 * done stays, the chain holds. Leaves a row with how many places that were. Returns whether there may be more: then it is
 * to be called again, in another transaction.
 */
export async function eraseFromTrail(tx: SqlTx, { tenantId, personId, now }: Erasure): Promise<{ more: boolean }> {
  const id = newId();
  const [done] = await tx.$queryRaw<{ fields: number; digest: Uint8Array<ArrayBuffer> }[]>`
    SELECT fields, digest FROM across.audit_erase(${personId}::uuid, ${id}::uuid, ${STEP}::int)`;
  const count = done?.fields ?? 0;
  if (count === 0) return { more: false };
  await auditSystem(tx, tenantId, now, {
    id,
    action: 'trail.erased',
    subjectId: null,
    count,
    digest: done?.digest ?? null,
  });
  return { more: count >= STEP };
}
