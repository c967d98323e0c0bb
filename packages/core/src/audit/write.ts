import { createHash } from 'node:crypto';
import { newId } from '@secateur/base';
import type { SqlTx } from '@secateur/db';
import type { MemberContext } from '../context/index.ts';

/** Everything that leaves a row. The set is closed. */
export type AuditAction =
  | 'tenant.created'
  | 'tenant.renamed'
  | 'tenant.exported'
  | 'wishes.written'
  | 'member.invited'
  | 'invitation.revoked'
  | 'member.joined'
  | 'member.made_owner'
  | 'member.made_admin'
  | 'member.made_helper'
  | 'member.made_viewer'
  | 'member.removed'
  | 'member.left'
  | 'grant.given'
  | 'grant.revoked'
  | 'connection.requested'
  | 'connection.renewed'
  | 'connection.confirmed'
  | 'connection.refused'
  | 'connection.revoked'
  | 'connection.left_in_time'
  | 'connection.left_now'
  | 'connection.left_keep'
  | 'connection.drained'
  | 'connection.gone'
  | 'connection.ending'
  | 'preview.started'
  | 'preview.discarded'
  | 'shield.raised'
  | 'shield.planned'
  | 'shield.paused'
  | 'shield.resumed'
  | 'shield.extended'
  | 'shield.cancelled'
  | 'shield.undone'
  | 'target.undone'
  | 'shield.unwound'
  | 'exemption.added'
  | 'exemption.removed'
  | 'keys.rewrapped'
  | 'keys.renewed'
  | 'keys.retired'
  | 'keys.shredded'
  | 'secrets.resealed'
  | 'secrets.unreadable'
  | 'effects.moved'
  | 'effects.reconciled'
  | 'session.started'
  | 'session.ended'
  | 'device.new'
  | 'passkey.added'
  | 'passkey.renamed'
  | 'passkey.removed'
  | 'passkey.mode'
  | 'passkey.suspect'
  | 'recovery.made'
  | 'recovery.used'
  | 'recovery.failed'
  | 'contact.asked'
  | 'contact.changed'
  | 'contact.removed'
  | 'address.asked'
  | 'address.changed'
  | 'address.restored'
  | 'pending.asked'
  | 'pending.cancelled'
  | 'pending.done';

type Row = { action: AuditAction; subjectId: string | null; count?: number; digest?: Uint8Array<ArrayBuffer> | null };

/** Writes what a member did, in the transaction that does it. */
export async function auditMember(tx: SqlTx, ctx: MemberContext, row: Row): Promise<void> {
  await write(tx, ctx.actor.tenantId, ctx.clock.now(), { kind: 'member', id: ctx.actor.userId }, row);
}

/** Writes what a job did: one row a chunk, with how many ledger rows it moved and their digest. */
export async function auditSystem(tx: SqlTx, tenantId: string, now: Date, row: Row): Promise<void> {
  await write(tx, tenantId, now, { kind: 'system', id: null }, row);
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
  actor: { kind: 'member' | 'system'; id: string | null },
  { action, subjectId, count = 0, digest = null }: Row,
): Promise<void> {
  await tx.$executeRaw`
    INSERT INTO audit (tenant_id, id, at, actor_kind, actor_id, action, subject_id, count, digest)
    VALUES (${tenantId}::uuid, ${newId()}::uuid, ${now}::timestamptz, ${actor.kind}::actor_kind, ${actor.id}::uuid, ${action},
            ${subjectId}::uuid, ${count}::int, ${digest}::bytea)`;
}
