import type { Clock } from '@secateur/base';
import type { Actor } from '@secateur/core/context';
import { actorOf } from '@secateur/core/tenants';
import type { PrismaClient } from '@secateur/db';
import { createRpc, type RpcContext } from '@secateur/rpc';
import { deps } from '~/deps.ts';
import { env } from '~/env.ts';
import type { Relay } from './relay.ts';
import { here } from './sign-in/here.ts';

/** What every procedure gets: what the core's verbs need, and who asks. */
export type WebContext = RpcContext<Actor> & {
  prisma: PrismaClient;
  clock: Clock;
  sealingKey: string;
  relay: Relay;
  ending: AbortSignal;
};

/** The context of one request. */
export async function createContext(): Promise<WebContext> {
  const { db, clock, log, relay, ending } = deps();
  const session = await here();
  const context = { prisma: db.prisma, clock };
  return {
    ...context,
    user: session ? { id: session.userId } : null,
    actorOf: (userId) => actorOf(context, userId, session?.actingIn ?? null),
    log,
    sealingKey: env().SEALING_PUBLIC_KEY,
    relay,
    ending: ending.signal,
  };
}

export const { router, memberProcedure } = createRpc<Actor, WebContext>();
