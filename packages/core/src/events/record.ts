import type { SqlTx } from '@secateur/db';
import type { EventView } from './schemas.ts';

/** Says in the transaction that something about these subjects changed. */
export async function record(tx: SqlTx, tenantId: string, now: Date, events: EventView[]): Promise<void> {
  if (events.length === 0) return;
  await tx.$executeRaw`
    INSERT INTO events (tenant_id, at, kind, subject_id)
    SELECT ${tenantId}::uuid, ${now}::timestamptz, e.kind, e.subject
    FROM unnest(${events.map((e) => e.kind)}::text[], ${events.map((e) => e.subjectId)}::uuid[]) AS e (kind, subject)`;
}
