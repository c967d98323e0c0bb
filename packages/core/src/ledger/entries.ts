import type { SqlTx } from '@secateur/db';
import { coverEnd } from '../effects/policy/index.ts';
import { outcomeOf } from '../shields/policy/index.ts';
import type { Found } from './find.ts';
import type { LedgerEntry, ShieldName } from './schemas.ts';

/** What was found, as a page tells it: with the names of its shields. */
export async function entriesOf(tx: SqlTx, tenantId: string, found: Found[]): Promise<LedgerEntry[]> {
  const names = await namesOf(tx, tenantId, [
    ...new Set(found.flatMap((f) => [f.shieldId, f.effectShieldId ?? f.shieldId])),
  ]);
  const nameOf = (id: string) => names.get(id) ?? { id, name: '' };
  return found.map((row) => {
    const effect = row.effectState === null ? null : { state: row.effectState };
    const outcome = outcomeOf(row, effect, { state: row.shieldState });
    const held = outcome === 'done' ? row.confirmedAt : null;
    const end = held && coverEnd({ ...row, endedFor: row.reason }, row.profileId, held);
    return {
      shieldId: row.shieldId,
      accountId: row.accountId,
      profileId: row.profileId,
      action: row.action,
      handle: row.handle,
      displayName: row.displayName,
      network: row.network,
      account: row.account,
      shield: nameOf(row.shieldId),
      standing: row.standing,
      outcome,
      reason: row.reason ?? (outcome === 'failed' || outcome === 'done' ? row.problem : null),
      weakened: row.weakened,
      confirmedAt: held,
      liftAt: end?.at ?? null,
      by: row.standing === 'by_shield' && row.effectShieldId ? nameOf(row.effectShieldId) : null,
    };
  });
}

async function namesOf(tx: SqlTx, tenantId: string, ids: string[]): Promise<Map<string, ShieldName>> {
  if (ids.length === 0) return new Map();
  const rows = await tx.$queryRaw<ShieldName[]>`
    SELECT s.shield_id AS id, coalesce(p.handle, s.title, s.query) AS name
    FROM sources s LEFT JOIN profiles p ON p.id = coalesce(s.author_id, s.subject_id)
    WHERE s.tenant_id = ${tenantId}::uuid AND s.shield_id = ANY(${ids}::uuid[])
      AND s.ordinal = (SELECT min(o.ordinal) FROM sources o WHERE o.tenant_id = s.tenant_id AND o.shield_id = s.shield_id)`;
  return new Map(rows.map((row) => [row.id, row]));
}
