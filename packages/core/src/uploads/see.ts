import { MINUTE, newId, profileId } from '@secateur/base';
import { type Tx, withTenant } from '@secateur/db';
import type { CrowdKind, NetworkError, NetworkName, ProfilePage } from '@secateur/networks/port';
import { enqueue } from '@secateur/queue';
import { rememberProfiles } from '../audiences/index.ts';
import { actingFor } from '../connections/index.ts';
import type { WorkerContext } from '../context/index.ts';
import { readUploadJob } from './jobs.ts';

/** A crowd that only an account may list. `ref` is what the network calls what it is of. */
export type Seen = {
  tenantId: string;
  createdBy: string;
  connectionId: string;
  network: NetworkName;
  kind: CrowdKind;
  ref: string;
  name: string;
};

/**
 * Begins to list a crowd as one of the tenant's accounts sees it. It is kept as a file is that somebody brought: what an account
 * is shown is its owner's, and nobody else's shield is to be made of it.
 */
export async function seeCrowd(tx: Tx, { tenantId, ...seen }: Seen, now: Date): Promise<string> {
  const id = newId();
  const wakeAt = new Date(now.getTime() + MINUTE);
  await tx.upload.create({
    data: { tenantId, id, ...seen, createdAt: now, state: 'listing', lines: 0, readable: 0, wakeAt },
  });
  await enqueue(tx, readUploadJob, { tenantId, uploadId: id });
  return id;
}

type Ref = { tenantId: string; uploadId: string };
/** Where a crowd stands. */
export type SeenRow = {
  network: NetworkName;
  kind: CrowdKind;
  ref: string;
  connectionId: string;
  cursor: string | null;
  size: number;
};

/** The next page of it. Throws NetworkError as the port does. */
export async function nextSeen(ctx: WorkerContext, { tenantId }: Ref, row: SeenRow): Promise<ProfilePage> {
  const { account } = await actingFor(ctx, tenantId, row.connectionId);
  return account.crowd(row.kind, row.ref, row.cursor);
}

/** Stores a page and where to go on; false when somebody else stored from the same place before. */
export async function storeSeen(ctx: WorkerContext, ref: Ref, row: SeenRow, page: ProfilePage): Promise<boolean> {
  const { tenantId, uploadId } = ref;
  const now = ctx.clock.now();
  return withTenant(ctx.prisma, tenantId, async (tx) => {
    const [mine] = await tx.$queryRaw<unknown[]>`
      SELECT 1 FROM uploads WHERE tenant_id = ${tenantId}::uuid AND id = ${uploadId}::uuid AND state = 'listing'
        AND size = ${row.size} AND cursor IS NOT DISTINCT FROM ${row.cursor}::text FOR UPDATE`;
    if (!mine) return false;
    await rememberProfiles(tx, row.network, page.items, now);
    const ids = page.items.map((one) => profileId(row.network, one.nativeId));
    const added = await tx.$executeRaw`
      INSERT INTO upload_members (tenant_id, upload_id, profile_id, seq)
      SELECT ${tenantId}::uuid, ${uploadId}::uuid, m.id, ${row.size}::int + (row_number() OVER (ORDER BY m.n))::int - 1
      FROM (SELECT id, min(n) AS n FROM unnest(${ids}::uuid[]) WITH ORDINALITY AS u (id, n)
            WHERE NOT EXISTS (SELECT FROM upload_members o WHERE o.tenant_id = ${tenantId}::uuid
                                AND o.upload_id = ${uploadId}::uuid AND o.profile_id = u.id)
            GROUP BY id) m`;
    const wakeAt = new Date(now.getTime() + MINUTE);
    await tx.upload.update({
      where: { tenantId_id: { tenantId, id: uploadId } },
      data: { size: row.size + added, cursor: page.cursor, tries: 0, problem: null, wakeAt },
    });
    return true;
  });
}

/** Whether asking again later may help; of what a server refuses for good nothing more comes. */
export function comesBack(error: NetworkError): boolean {
  return ['limited', 'down', 'untyped', 'unpaid', 'capped', 'unaffordable'].includes(error.problem);
}
