import { guardStream, viewOf } from '@secateur/rpc';
import { TRPCError } from '@trpc/server';
import { getHTTPStatusCodeFromError } from '@trpc/server/http';
import { deps } from '~/deps.ts';
import { type FilesCaller, filesCaller } from './routers/files.ts';
import { createContext } from './rpc.ts';
import { streamOf } from './stream-of.ts';

/** A file that is made while it is sent. */
type HandedOut = { name: string; type: string; chunks: AsyncGenerator<string | Uint8Array> };

/** Answers a page of ours with a file; with what a procedure would say where that is refused. */
export async function handOut(
  request: Request,
  ask: (caller: FilesCaller, input: never) => Promise<HandedOut>,
): Promise<Response> {
  const ctx = await createContext();
  try {
    // The procedure parses what it is given.
    const input = (await request.json().catch(() => null)) as never;
    const { name, type, chunks } = await ask(filesCaller(ctx), input);
    const headers = {
      'content-type': type,
      'content-disposition': `attachment; filename="${name}"`,
      'cache-control': 'no-store',
      'x-content-type-options': 'nosniff',
    };
    return new Response(streamOf(guardStream(chunks, name, deps().log)), { headers });
  } catch (error) {
    if (!(error instanceof TRPCError)) throw error;
    const headers = { 'cache-control': 'no-store' };
    return Response.json({ view: viewOf(error) }, { status: getHTTPStatusCodeFromError(error), headers });
  }
}
