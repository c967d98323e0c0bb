import { Refusal } from '@secateur/base';
import { initTRPC, TRPCError } from '@trpc/server';
import superjson from 'superjson';
import type { RpcContext, SignedIn } from './context.ts';
import { isStorable } from './storable.ts';
import { translate, viewOf } from './translate.ts';

/** Milliseconds between signs of life on an open stream; proxies cut what is silent for longer than half a minute. */
const PING = 10_000;
/** Milliseconds of silence after which a browser opens its stream again. */
const SILENCE = 25_000;
/** Stands for a body that is no JSON. No database takes it. */
const NOT_READ = '\0';

/**
 * A tRPC for one server, with the ladder that every procedure stands on: anybody, signed in, member of a tenant.
 * Domain refusals get their code here and nowhere else.
 */
export function createRpc<Actor, Ctx extends RpcContext<Actor>>() {
  const t = initTRPC.context<Ctx>().create({
    transformer: superjson,
    isDev: false,
    errorFormatter: ({ shape, error }) => {
      const { stack: _, ...data } = shape.data;
      const view = viewOf(error);
      return { ...shape, message: view.problem ?? error.code, data: { ...data, view } };
    },
    sse: { ping: { enabled: true, intervalMs: PING }, client: { reconnectAfterInactivityMs: SILENCE } },
  });

  const publicProcedure = t.procedure.use(async ({ ctx, path, getRawInput, next }) => {
    if (!isStorable(await getRawInput().catch(() => NOT_READ))) {
      throw translate(new TRPCError({ code: 'BAD_REQUEST', cause: new Refusal('invalid_input') }), path, ctx.log);
    }
    const result = await next();
    if (!result.ok) throw translate(result.error, path, ctx.log);
    return result;
  });

  const signedInProcedure = publicProcedure.use(({ ctx, next }) => {
    const { user } = ctx as RpcContext;
    if (!user) throw new Refusal('not_signed_in');
    return next({ ctx: { user } });
  });

  const memberProcedure = signedInProcedure.use(async ({ ctx, next }) => {
    const { user, actorOf } = ctx as RpcContext<Actor> & { user: SignedIn };
    const actor = await actorOf(user.id);
    if (actor === null) throw new Refusal('not_allowed');
    return next({ ctx: { actor } });
  });

  return {
    router: t.router,
    createCallerFactory: t.createCallerFactory,
    publicProcedure,
    signedInProcedure,
    memberProcedure,
  };
}
