import { Refusal } from '@secateur/base';
import { withTenant } from '@secateur/db';
import type { NetworkName } from '@secateur/networks/port';
import { enqueue } from '@secateur/queue';
import { auditMember } from '../audit/index.ts';
import type { MemberContext } from '../context/index.ts';
import { demand } from '../tenants/index.ts';
import { asBrowser, type BrowserContext, withBrowser } from './browser.ts';
import { keepProvenJob } from './jobs.ts';
import { flowInput } from './schemas.ts';

/** Whose account somebody has proven to own. */
export type Proof = {
  network: NetworkName;
  nativeId: string;
  handle: string;
  /** Whether they also consented to its being connected. */
  connects: boolean;
  /** The user for whom it is to be one more way in; null when it signs somebody in. */
  linksTo: string | null;
  back: string;
};

/** Hands over what a browser has proven, once. Throws the Refusal `sign_in_stale` when there is nothing to hand over. */
export async function takeProof(ctx: BrowserContext, raw: unknown): Promise<Proof> {
  const { id } = flowInput.parse(raw);
  return withBrowser(ctx, async (tx, browser) => {
    const [proof] = await tx.$queryRaw<Proof[]>`
      UPDATE oauth_flows SET stage = 'taken'
      WHERE id = ${id}::uuid AND browser = ${browser} AND stage = 'proven' AND expires_at > clock_timestamp()
      RETURNING network::text AS network, native_id AS "nativeId", handle, secret IS NOT NULL AS connects,
                asked_by AS "linksTo", back`;
    if (!proof) throw new Refusal('sign_in_stale');
    return proof;
  });
}

/** Has the account connected in the tenant of the member whom the proof signed in. */
export async function connectProven(ctx: MemberContext & BrowserContext, raw: unknown): Promise<void> {
  demand(ctx, 'connections');
  const { id } = flowInput.parse(raw);
  const { tenantId, userId } = ctx.actor;
  await withTenant(ctx.prisma, tenantId, async (tx) => {
    const browser = await asBrowser(tx, ctx);
    const count = await tx.$executeRaw`
      UPDATE oauth_flows SET keep_in = ${tenantId}::uuid, asked_by = ${userId}::uuid
      WHERE id = ${id}::uuid AND browser = ${browser} AND stage = 'taken' AND secret IS NOT NULL AND keep_in IS NULL`;
    if (count === 0) throw new Refusal('sign_in_stale');
    await auditMember(tx, ctx, { action: 'connection.requested', subjectId: null });
    await enqueue(tx, keepProvenJob, { flowId: id });
  });
}
