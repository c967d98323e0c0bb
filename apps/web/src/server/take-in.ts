import { viewOf } from '@secateur/rpc';
import { TRPCError } from '@trpc/server';
import { getHTTPStatusCodeFromError } from '@trpc/server/http';
import { uploadsCaller } from './routers/uploads.ts';
import { createContext } from './rpc.ts';

const headers = { 'cache-control': 'no-store' };

/** Takes a file in, and answers with what became of it or with what the procedure says. */
export async function takeIn(request: Request): Promise<Response> {
  const ctx = await createContext();
  try {
    // The procedure parses what it is given.
    const input = (await request.json().catch(() => null)) as never;
    return Response.json(await uploadsCaller(ctx).add(input), { headers });
  } catch (error) {
    if (!(error instanceof TRPCError)) throw error;
    return Response.json({ view: viewOf(error) }, { status: getHTTPStatusCodeFromError(error), headers });
  }
}
