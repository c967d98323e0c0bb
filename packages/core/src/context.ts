import type { Clock } from '@secateur/base';
import type { PrismaClient } from '@secateur/db';

/** What every verb needs: the database and the time. */
export type Context = { prisma: PrismaClient; clock: Clock };

/** Who acts: a member in one tenant. */
export type Actor = { tenantId: string; userId: string };

/** A verb called for a member. */
export type MemberContext = Context & { actor: Actor };
