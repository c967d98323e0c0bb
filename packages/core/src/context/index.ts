import type { Clock } from '@secateur/base';
import type { Locks, PrismaClient } from '@secateur/db';
import type { NetworkName, NetworkPort } from '@secateur/networks/port';
import type { WorkerKeys } from '../secrets/index.ts';
import type { Standing } from '../tenants/policy/index.ts';

/** What every verb needs: the database and the time. */
export type Context = { prisma: PrismaClient; clock: Clock };

/** Who acts: a member in one tenant, and how they stand there. */
export type Actor = { tenantId: string; userId: string } & Standing;

/** A verb called for a member. */
export type MemberContext = Context & { actor: Actor };

/**
 * A verb run by a worker. `memberId` names the process in leases, so that a dead one's are cleared; `lost` is aborted when
 * others took it for dead and cleared them.
 */
export type WorkerContext = Context & {
  networks: Partial<Record<NetworkName, NetworkPort>>;
  keys: WorkerKeys;
  locks: Locks;
  memberId: string;
  lost: AbortSignal;
};
