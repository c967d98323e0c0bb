import { type Clock, Refusal } from '@secateur/base';
import type { Actor } from '@secateur/core/context';
import { actorOf } from '@secateur/core/tenants';
import type { PrismaClient } from '@secateur/db';
import { createRpc, type RpcContext } from '@secateur/rpc';
import { deps } from '~/deps.ts';
import { env } from '~/env.ts';
import type { Relay } from './relay.ts';
import { here } from './sign-in/here.ts';
import type { LiveSession } from './sign-in/live-session.ts';
import type { SessionWatch } from './sign-in/session-watch.ts';

/** What every procedure gets: what the core's verbs need, and who asks. */
export type WebContext = RpcContext<Actor> & {
  prisma: PrismaClient;
  clock: Clock;
  sealingKey: string;
  relay: Relay;
  sessionWatch: SessionWatch;
  /** The session that came with the request, with its user. */
  session: LiveSession | null;
  ending: AbortSignal;
};

/** The context of one request. */
export async function createContext(): Promise<WebContext> {
  const { db, clock, log, relay, sessionWatch, ending } = deps();
  const session = await here();
  const context = { prisma: db.prisma, clock };
  return {
    ...context,
    user: session ? { id: session.userId } : null,
    actorOf: (userId) => actorOf(context, userId, session?.actingIn ?? null),
    log,
    sealingKey: env().SEALING_PUBLIC_KEY,
    relay,
    sessionWatch,
    session,
    ending: ending.signal,
  };
}

const rpc = createRpc<Actor, WebContext>();
export const { router } = rpc;

/** For what is a user's own and no tenant's. */
export const ownProcedure = rpc.signedInProcedure.use(({ ctx, next }) => next({ ctx: { session: sessionOf(ctx) } }));

/** For what somebody does in a tenant. */
export const memberProcedure = rpc.memberProcedure.use(({ ctx, next }) => next({ ctx: { session: sessionOf(ctx) } }));

/** Whoever is signed in has a session: both are read at once. */
function sessionOf({ session }: { session: LiveSession | null }): LiveSession {
  if (!session) throw new Refusal('not_signed_in');
  return session;
}
