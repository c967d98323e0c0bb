import { createHash } from 'node:crypto';
import { newId } from '@secateur/base';
import type { SqlTx } from '@secateur/db';
import type { MemberContext } from '../context/index.ts';
import { record } from '../events/index.ts';
import { commitTo } from './personal.ts';
import { type ActorKind, type AuditAction, isAboutSomebody } from './schemas.ts';

export type AuditNote = {
  action: AuditAction;
  subjectId: string | null;
  /** How many rows of the ledger it moved, and their digest. */
  count?: number;
  digest?: Uint8Array<ArrayBuffer> | null;
  /** The row's own id, where something else has to name it. */
  id?: string;
};

/** Writes what a member or a helper did, in the transaction that does it. */
export async function auditMember(tx: SqlTx, ctx: MemberContext, note: AuditNote): Promise<void> {
  const { tenantId, userId, role } = ctx.actor;
  await write(tx, tenantId, ctx.clock.now(), { kind: role === 'helper' ? 'helper' : 'member', id: userId }, note);
}

/** Who of our staff acted, on whose tenant, and when. */
export type OperatorAct = { tenantId: string; operatorId: string; now: Date };

/** Writes what a member of our staff did or looked at, in the transaction in which they do. The tenant sees it. */
export async function auditOperator(tx: SqlTx, act: OperatorAct, note: AuditNote): Promise<void> {
  await write(tx, act.tenantId, act.now, { kind: 'operator', id: act.operatorId }, note);
}

/** Writes what a job did: one row a chunk, with how many ledger rows it moved and their digest. */
export async function auditSystem(tx: SqlTx, tenantId: string, now: Date, note: AuditNote): Promise<void> {
  await write(tx, tenantId, now, { kind: 'system', id: null }, note);
}

/** SHA-256 over ledger rows, each written as one line, in a fixed order. */
export function digestOf(lines: string[]): Uint8Array<ArrayBuffer> {
  const hash = createHash('sha256');
  for (const line of [...lines].sort()) hash.update(line).update('\n');
  return new Uint8Array(hash.digest());
}

async function write(
  tx: SqlTx,
  tenantId: string,
  now: Date,
  actor: { kind: ActorKind; id: string | null },
  { id = newId(), action, subjectId, count = 0, digest = null }: AuditNote,
): Promise<void> {
  const who = actor.id === null ? null : commitTo(actor.id);
  const whom = subjectId !== null && isAboutSomebody(action) ? commitTo(subjectId) : null;
  await tx.$executeRaw`
    INSERT INTO audit (tenant_id, id, at, actor_kind, actor_id, actor_salt, actor_digest, action,
                       subject_id, subject_salt, subject_digest, count, digest)
    VALUES (${tenantId}::uuid, ${id}::uuid, ${now}::timestamptz, ${actor.kind},
            ${actor.id}::uuid, ${who?.salt ?? null}::bytea, ${who?.digest ?? null}::bytea, ${action},
            ${subjectId}::uuid, ${whom?.salt ?? null}::bytea, ${whom?.digest ?? null}::bytea, ${count}::int, ${digest}::bytea)`;
  // What jobs do is told by what they change: a second event for each of their chunks would tell nobody more.
  if (actor.kind !== 'system') await record(tx, tenantId, now, [{ kind: 'trail', subjectId: tenantId }]);
}
