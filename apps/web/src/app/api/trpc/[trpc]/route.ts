import { fetchRequestHandler } from '@trpc/server/adapters/fetch';
import { deps } from '~/deps.ts';
import { env } from '~/env.ts';
import { isOurOwn } from '~/server/own-request.ts';
import { appRouter } from '~/server/routers/index.ts';
import { createContext } from '~/server/rpc.ts';

export const dynamic = 'force-dynamic';

async function handle(request: Request): Promise<Response> {
  if (!isOurOwn(request, new URL(env().AUTH_URL).origin)) return new Response(null, { status: 403 });
  return deps().calls.run(() =>
    fetchRequestHandler({ endpoint: '/api/trpc', req: request, router: appRouter, createContext }),
  );
}

export { handle as GET, handle as POST };
