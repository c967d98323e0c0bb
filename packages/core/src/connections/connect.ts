import { MINUTE, newId, Refusal } from '@secateur/base';
import { withTenant } from '@secateur/db';
import { enqueue } from '@secateur/queue';
import { auditMember } from '../audit/index.ts';
import type { MemberContext } from '../context/index.ts';
import { record } from '../events/index.ts';
import { sealForTenant } from '../secrets/index.ts';
import { demand } from '../tenants/index.ts';
import { askRenewal, works } from './ask-renewal.ts';
import { credentialsOf } from './credentials.ts';
import { confirmConnectionJob } from './jobs.ts';
import { connectInput, reconnectInput } from './schemas.ts';
import { packWaiting } from './waiting.ts';

/** Sealing needs the workers' public key only: whoever asks can seal and can't open. */
type SealingContext = MemberContext & { sealingKey: string };

/** How long a lost wake-up is waited for before it is made again. */
const AGAIN = MINUTE;

/**
 * Takes an account's handle and app password, sealed at once; a worker then signs in and confirms whose it is.
 * A connection that was refused under the same handle is taken up again; of one that is leaving and still works, what it has stays
 * until the network has confirmed the new password.
 */
export async function connect(ctx: SealingContext, raw: unknown): Promise<{ id: string }> {
  demand(ctx, 'connections');
  const input = connectInput.parse(raw);
  const { tenantId } = ctx.actor;
  const now = ctx.clock.now();
  const handle = input.handle.replace(/^@/, '').toLowerCase();
  return withTenant(ctx.prisma, tenantId, async (tx) => {
    const same = await tx.connection.findFirst({ where: { tenantId, network: input.network, handle } });
    if (same?.state === 'leaving' && same.movedAt !== null) throw new Refusal('being_moved');
    if (same?.state === 'ready' || same?.state === 'moving') throw new Refusal('already_done', { handle });
    if (same && works(same)) {
      await askRenewal(tx, ctx, same, input.password);
      await auditMember(tx, ctx, { action: 'connection.requested', subjectId: same.id });
      await record(tx, tenantId, now, [{ kind: 'connection', subjectId: same.id }]);
      return { id: same.id };
    }
    const id = same?.id ?? newId();
    const version = (same?.version ?? 0) + 1;
    const sealed = await sealForTenant(
      tx,
      ctx.sealingKey,
      now,
      credentialsOf({ tenantId, network: input.network, id, version }),
      packWaiting({ handle, password: input.password }),
    );
    // One that still holds something stays this tenant's while the password is looked at.
    const fresh = {
      state: same && holdsSomething(same.state) ? 'revoked' : 'connecting',
      problem: null,
      sealed,
      version,
      wakeAt: new Date(now.getTime() + AGAIN),
    } as const;
    await tx.connection.upsert({
      where: { tenantId_id: { tenantId, id } },
      create: { tenantId, id, network: input.network, handle, createdAt: now, ...fresh },
      update: fresh,
    });
    await auditMember(tx, ctx, { action: 'connection.requested', subjectId: id });
    await record(tx, tenantId, now, [{ kind: 'connection', subjectId: id }]);
    await enqueue(tx, confirmConnectionJob, { tenantId, connectionId: id });
    return { id };
  });
}

function holdsSomething(state: string): boolean {
  return state === 'ready' || state === 'revoked' || state === 'leaving';
}

/**
 * New credentials for a connection. What waits for those that no longer work goes on by itself; those that still work stay until the
 * new ones are confirmed, so that nobody breaks an account with a wrong password.
 */
export async function reconnect(ctx: SealingContext, raw: unknown): Promise<{ id: string }> {
  demand(ctx, 'connections');
  const input = reconnectInput.parse(raw);
  const { tenantId } = ctx.actor;
  const now = ctx.clock.now();
  return withTenant(ctx.prisma, tenantId, async (tx) => {
    const found = await tx.connection.findUnique({ where: { tenantId_id: { tenantId, id: input.id } } });
    if (!found) throw new Refusal('not_found');
    if (found.state === 'leaving' && found.movedAt !== null) throw new Refusal('being_moved');
    if (found.state === 'moving') throw new Refusal('already_done', { handle: found.handle });
    if (works(found)) {
      await askRenewal(tx, ctx, found, input.password);
      await auditMember(tx, ctx, { action: 'connection.renewing', subjectId: found.id });
      await record(tx, tenantId, now, [{ kind: 'connection', subjectId: found.id }]);
      return { id: found.id };
    }
    const version = found.version + 1;
    const sealed = await sealForTenant(
      tx,
      ctx.sealingKey,
      now,
      credentialsOf({ tenantId, network: found.network, id: found.id, version }),
      packWaiting({ handle: found.handle, password: input.password }),
    );
    await tx.connection.update({
      where: { tenantId_id: { tenantId, id: found.id } },
      data: {
        sealed,
        version,
        problem: null,
        // Until the new ones are confirmed there is nothing to act with: what is sealed now is a password, not a session.
        state: holdsSomething(found.state) ? 'revoked' : 'connecting',
        wakeAt: new Date(now.getTime() + AGAIN),
      },
    });
    await auditMember(tx, ctx, { action: 'connection.renewing', subjectId: found.id });
    await record(tx, tenantId, now, [{ kind: 'connection', subjectId: found.id }]);
    await enqueue(tx, confirmConnectionJob, { tenantId, connectionId: found.id });
    return { id: found.id };
  });
}
