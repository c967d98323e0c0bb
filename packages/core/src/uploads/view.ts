import { Refusal } from '@secateur/base';
import { type Tx, withTenant } from '@secateur/db';
import type { NetworkName } from '@secateur/networks/port';
import type { MemberContext } from '../context/index.ts';
import { demand } from '../tenants/index.ts';
import { MOST_FAULTS, type UploadView, uploadRef } from './schemas.ts';

/** A file as it is known now. Who prepares shields looks into the tenant's; a helper into their own. */
export async function getUpload(ctx: MemberContext, raw: unknown): Promise<UploadView> {
  demand(ctx, 'prepare');
  const { id } = uploadRef.parse(raw);
  const { tenantId } = ctx.actor;
  return withTenant(ctx.prisma, tenantId, async (tx) => {
    await requireTheirs(tx, ctx, id);
    return viewUpload(tx, tenantId, id);
  });
}

/** Throws the Refusal `not_found` for a file that is not there for this member. */
export async function requireTheirs(
  tx: Tx,
  ctx: MemberContext,
  id: string,
): Promise<{ network: NetworkName; name: string; readable: number; size: number }> {
  const { tenantId, userId, role } = ctx.actor;
  const upload = await tx.upload.findUnique({ where: { tenantId_id: { tenantId, id } } });
  if (upload?.kind !== 'file' || (role === 'helper' && upload.createdBy !== userId)) throw new Refusal('not_found');
  return upload;
}

/** The same inside the tenant. Throws the Refusal `not_found`. */
export async function viewUpload(tx: Tx, tenantId: string, id: string): Promise<UploadView> {
  const upload = await tx.upload.findUnique({ where: { tenantId_id: { tenantId, id } } });
  if (!upload) throw new Refusal('not_found');
  const faults = await tx.uploadLine.findMany({
    where: { tenantId, uploadId: id, state: { in: ['unreadable', 'unknown'] } },
    orderBy: { line: 'asc' },
    take: MOST_FAULTS,
    select: { line: true, text: true, state: true },
  });
  return {
    id,
    name: upload.name,
    network: upload.network,
    lines: upload.lines,
    readable: upload.readable,
    size: upload.size,
    complete: upload.state !== 'listing',
    unknown: await tx.uploadLine.count({ where: { tenantId, uploadId: id, state: 'unknown' } }),
    faults: faults.map(({ line, text, state }) => ({
      line,
      text,
      why: state === 'unknown' ? 'unknown' : 'unreadable',
    })),
  };
}
