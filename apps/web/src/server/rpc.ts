import { type Clock, Refusal } from '@secateur/base';
import type { Actor } from '@secateur/core/context';
import { actorOf } from '@secateur/core/tenants';
import type { PrismaClient } from '@secateur/db';
import { createRpc, type RpcContext } from '@secateur/rpc';
import { headers } from 'next/headers';
import type { Logger } from 'pino';
import { deps } from '~/deps.ts';
import { env } from '~/env.ts';
import { CLIENT_ADDRESS } from './each-request.ts';
import type { CountCall } from './limits/calls.ts';
import { clientKey } from './limits/client-key.ts';
import { type Limit, limitBy } from './limits/limits.ts';
import type { Mailer } from './mailer.ts';
import type { Notify } from './notices/notify.ts';
import { browserFrom } from './oauth/browser-cookie.ts';
import type { Relay } from './relay.ts';
import { here } from './sign-in/here.ts';
import type { LiveSession } from './sign-in/live-session.ts';
import type { SetCookie } from './sign-in/own-cookies.ts';
import type { SessionWatch } from './sign-in/session-watch.ts';
import type { Visitor } from './sign-in/start-session.ts';
import { setCookies, visitor } from './sign-in/visitor.ts';
import type { Streams } from './streams.ts';

/** What every procedure gets: what the core's verbs need, and who asks. */
export type WebContext = RpcContext<Actor> & {
  prisma: PrismaClient;
  clock: Clock;
  sealingKey: string;
  relay: Relay;
  sessionWatch: SessionWatch;
  streams: Streams;
  countCall: CountCall;
  /** The session that came with the request, with its user. */
  session: LiveSession | null;
  mailer: Mailer;
  limit: Limit;
  /** Under what the address that asks is counted; null where it isn't. */
  client: string | null;
  notify: Notify;
  /** The browser that asks, and what it is to keep. */
  visitor: Visitor;
  setCookies(cookies: readonly SetCookie[]): Promise<void>;
  recoveryKey: Uint8Array;
  log: Logger;
  /** Where people reach this app. */
  origin: string;
  ending: AbortSignal;
  /** The secret of the browser that asks; one that has none is given one. */
  browser(): Promise<string>;
};

/** The context of one request. */
export async function createContext(): Promise<WebContext> {
  const { db, clock, countTry, countCall, log, mailer, notify, relay, recoveryKey, sessionWatch, streams, ending } =
    deps();
  const session = await here();
  const context = { prisma: db.prisma, clock };
  return {
    ...context,
    user: session ? { id: session.userId, email: session.user.email } : null,
    actorOf: (userId) => actorOf(context, userId, session?.actingIn ?? null),
    log,
    sealingKey: env().SEALING_PUBLIC_KEY,
    relay,
    sessionWatch,
    streams,
    countCall,
    session,
    mailer,
    limit: limitBy(countTry),
    client: clientKey((await headers()).get(CLIENT_ADDRESS)),
    notify,
    visitor: await visitor(),
    setCookies,
    recoveryKey,
    origin: env().AUTH_URL,
    ending: ending.signal,
    browser: browserFrom,
  };
}

const rpc = createRpc<Actor, WebContext>();
export const { createCallerFactory, router, publicProcedure } = rpc;

/** For what is a user's own and no tenant's. */
export const signedInProcedure = rpc.signedInProcedure.use(async ({ ctx, next }) =>
  next({ ctx: { session: await counted(ctx) } }),
);

/** For what somebody does in a tenant. */
export const memberProcedure = rpc.memberProcedure.use(async ({ ctx, next }) =>
  next({ ctx: { session: await counted(ctx) } }),
);

/** Whoever is signed in has a session: both are read at once. Each of its calls is counted. */
async function counted({ session, countCall }: Pick<WebContext, 'session' | 'countCall'>): Promise<LiveSession> {
  if (!session) throw new Refusal('not_signed_in');
  const seconds = await countCall(session.id);
  if (seconds !== null) throw new Refusal('too_many_tries', { seconds });
  return session;
}
