import type { Clock } from '@secateur/base';
import type { Actor } from '@secateur/core/context';
import { actorOf } from '@secateur/core/tenants';
import type { PrismaClient } from '@secateur/db';
import { createRpc, type RpcContext } from '@secateur/rpc';
import { deps } from '~/deps.ts';
import { env } from '~/env.ts';
import type { Mailer } from './mailer.ts';
import type { Relay } from './relay.ts';
import { auth } from './sign-in/auth.ts';
import { sessionKey } from './sign-in/session-key.ts';

/** What every procedure gets: what the core's verbs need, and who asks. */
export type WebContext = RpcContext<Actor> & {
  prisma: PrismaClient;
  clock: Clock;
  sealingKey: string;
  relay: Relay;
  mailer: Mailer;
  /** Where people reach this app. */
  origin: string;
  /** Under what the session is stored that came with the request. */
  sessionKey: string | null;
  ending: AbortSignal;
};

/** The context of one request. */
export async function createContext(): Promise<WebContext> {
  const { db, clock, log, mailer, relay, ending } = deps();
  const session = await auth();
  const context = { prisma: db.prisma, clock };
  return {
    ...context,
    user: session?.user?.id ? { id: session.user.id, email: session.user.email ?? null } : null,
    actorOf: (userId) => actorOf(context, userId, session?.actingIn ?? null),
    log,
    sealingKey: env().SEALING_PUBLIC_KEY,
    relay,
    mailer,
    origin: env().AUTH_URL,
    sessionKey: await sessionKey(),
    ending: ending.signal,
  };
}

export const { createCallerFactory, router, memberProcedure, signedInProcedure } = createRpc<Actor, WebContext>();
