import { profileId } from '@secateur/base';
import type { Tx } from '@secateur/db';
import type { Credentials, Grant, NetworkName, NetworkPort, PublicProfile } from '@secateur/networks/port';
import { enqueue } from '@secateur/queue';
import { rememberProfiles } from '../audiences/index.ts';
import { auditSystem } from '../audit/index.ts';
import type { WorkerContext } from '../context/index.ts';
import { keep } from '../secrets/index.ts';
import { preparePreviewJob } from '../shields/jobs.ts';
import { beginReading } from './begin-reading.ts';
import { credentialsOf } from './credentials.ts';
import { lasting } from './lasting.ts';

/** What a network gave for a password or a consent. */
export type Signed = { profile: PublicProfile; credentials: Credentials };

/** The connection that is to have it, and the version under which its credentials are sealed. */
export type Taking = {
  tenantId: string;
  network: NetworkName;
  id: string;
  version: number;
  way: 'password' | 'oauth';
  /** Whether it acted for this account before. */
  renews: boolean;
};

/**
 * Writes into a connection what its network confirmed: whose the account is, the credentials sealed under the tenant's key
 * and what they allow; and begins to read the account's own lists. In a transaction of the tenant that holds the row. Throws
 * Prisma's P2002 when the account is connected in another tenant.
 */
export async function takeUp(
  ctx: WorkerContext,
  tx: Tx,
  port: NetworkPort,
  row: Taking,
  { profile, credentials }: Signed,
): Promise<void> {
  const { tenantId, network, id, version, way, renews } = row;
  const accountId = profileId(network, profile.nativeId);
  const now = ctx.clock.now();
  const grant = port.grantOf(credentials);
  await rememberProfiles(tx, network, [profile], now);
  const sealed = await keep(ctx, tx, credentialsOf(row), credentials);
  await tx.connection.update({
    where: { tenantId_id: { tenantId, id } },
    data: { accountId, handle: profile.handle, sealed, version, way },
  });
  await settleIn(tx, { tenantId, id, accountId, renews }, grant, now);
}

/**
 * A connection that has all that it needs acts from here on, and begins to read the account's own lists. Throws Prisma's
 * P2002 when the account is connected in another tenant.
 */
export async function settleIn(
  tx: Tx,
  { tenantId, id, accountId, renews }: Pick<Taking, 'tenantId' | 'id' | 'renews'> & { accountId: string },
  grant: Grant,
  now: Date,
): Promise<void> {
  await tx.connection.update({
    where: { tenantId_id: { tenantId, id } },
    data: {
      state: 'ready',
      problem: null,
      confirmedAt: now,
      wakeAt: null,
      toldAt: null,
      leaving: null,
      goneAt: null,
      provenAt: null,
      movingLeft: null,
      movedAt: null,
      ...lasting(grant, null, now),
    },
  });
  await tx.networkAccount.upsert({
    where: { tenantId_accountId: { tenantId, accountId } },
    create: { tenantId, accountId, connectionId: id, wakeAt: now },
    update: { connectionId: id, waiting: null, tries: 0, wakeAt: now },
  });
  await tx.renewal.deleteMany({ where: { tenantId, connectionId: id } });
  await beginReading(tx, tenantId, accountId, 'people', now);
  await beginReading(tx, tenantId, accountId, 'blocks', now);
  // Whom somebody mutes is theirs to show; whom they block is public.
  if (grant.rights.includes('mute')) await beginReading(tx, tenantId, accountId, 'mutes', now);
  await lookAgain(tx, tenantId);
  await auditSystem(tx, tenantId, now, {
    action: renews ? 'connection.renewed' : 'connection.confirmed',
    subjectId: id,
  });
}

/** Previews that waited for an account to let us list a crowd look whether this one does. */
async function lookAgain(tx: Tx, tenantId: string): Promise<void> {
  const waiting = await tx.$queryRaw<{ id: string }[]>`
    SELECT DISTINCT s.id FROM shields s JOIN sources c ON c.tenant_id = s.tenant_id AND c.shield_id = s.id
    WHERE s.tenant_id = ${tenantId}::uuid AND s.state = 'preview' AND c.problem = 'reading_needed'`;
  for (const { id: shieldId } of waiting) await enqueue(tx, preparePreviewJob, { tenantId, shieldId });
}

/** How often somebody else may be quicker. */
const MOST_TRIES = 3;

/** Does `work`, and again where somebody connected the account elsewhere at the same moment: it is looked at anew then. */
export async function unlessTaken<T>(work: () => Promise<T>): Promise<T> {
  for (let tries = 0; ; tries += 1) {
    try {
      return await work();
    } catch (error) {
      if (!isTaken(error) || tries === MOST_TRIES) throw error;
    }
  }
}

/** The unique index over live accounts said no: the account is connected in another tenant. */
export function isTaken(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'P2002';
}
