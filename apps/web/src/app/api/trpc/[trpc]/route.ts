import { isStream } from '@secateur/rpc';
import { fetchRequestHandler } from '@trpc/server/adapters/fetch';
import { deps } from '~/deps.ts';
import { MOST_CALLS } from '~/most-calls.ts';
import { door, refusal } from '~/server/door/door.ts';
import { DOORS } from '~/server/door/rules.ts';
import { appRouter } from '~/server/routers/index.ts';
import { createContext } from '~/server/rpc.ts';

export const dynamic = 'force-dynamic';

const ENDPOINT = '/api/trpc';

/** Questions come in bodies too, so that nothing that was typed stands in an address. */
async function call(request: Request): Promise<Response> {
  return deps().calls.run(() =>
    fetchRequestHandler({
      endpoint: ENDPOINT,
      req: request,
      router: appRouter,
      createContext,
      allowMethodOverride: true,
      maxBatchSize: MOST_CALLS,
    }),
  );
}

/** Only a stream can't be asked for in a body: browsers open it with a GET. */
async function follow(request: Request): Promise<Response> {
  const path = new URL(request.url).pathname.slice(ENDPOINT.length + 1);
  if (!isStream(appRouter, path)) return refusal('not by GET');
  return call(request);
}

export const POST = door(DOORS.calls, call);
export const GET = door(DOORS.looks, follow);
