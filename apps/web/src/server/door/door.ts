import { env } from '~/env.ts';
import { boundedBody } from './bounded-body.ts';
import { fromOwnPages } from './own-pages.ts';

/** Who may pass to a route handler, and with what. */
export type Door = {
  /** `own pages`: only what a page of ours asks. `anybody`: also what others link to or fetch. */
  readonly from: 'own pages' | 'anybody';
  /** The most bytes that a JSON body may have, or null where nothing may be sent. */
  readonly body: number | null;
};

/** Every way to say no, with its status and what a developer reads. People see the page's own words. */
const REFUSALS = {
  'not from our pages': [403, 'This is answered only when a page of this site asks.'],
  'nothing here': [404, 'There is nothing here.'],
  'not by GET': [405, 'Ask with a POST.'],
  'no body here': [405, 'Nothing can be sent here.'],
  'not JSON': [415, 'Send JSON: a content-type of application/json.'],
  'too large': [413, 'The body is too large.'],
} as const;
export type Refused = keyof typeof REFUSALS;

/**
 * The one way to a route handler. Whatever may change something comes from a page of ours and is JSON, which a form on
 * a stranger's page can't send, and is read to its end before the handler sees it.
 */
export function door<R extends Request>(
  { from, body }: Door,
  handle: (request: R) => Promise<Response>,
): (request: R) => Promise<Response> {
  return async (request) => {
    const reads = request.method === 'GET' || request.method === 'HEAD';
    if ((from === 'own pages' || !reads) && !fromOwnPages(request, new URL(env().AUTH_URL).origin)) {
      return refusal('not from our pages');
    }
    if (reads) return unstored(await handle(request));
    if (body === null || request.method !== 'POST') return refusal('no body here');
    if (typeOf(request) !== 'application/json') return refusal('not JSON');
    const bytes = await boundedBody(request, body);
    if (bytes === null) return refusal('too large');
    const { method, headers, signal } = request;
    return unstored(await handle(new Request(request.url, { method, headers, signal, body: bytes }) as R));
  };
}

/** An answer that doesn't say how long it may be kept is kept by nobody: the next one at this machine is told it again. */
function unstored(answer: Response): Response {
  if (answer.headers.has('cache-control')) return answer;
  const told = new Response(answer.body, answer);
  told.headers.set('cache-control', 'no-store');
  return told;
}

/** For an answer that is built with the app: whoever asks for it, and how, plays no part. */
export function builtOnce(answer: () => Response): () => Response {
  return () => answer();
}

export function refusal(why: Refused): Response {
  const [status, message] = REFUSALS[why];
  return Response.json({ refused: why, message }, { status, headers: { 'cache-control': 'no-store' } });
}

function typeOf(request: Request): string | undefined {
  return request.headers.get('content-type')?.split(';')[0]?.trim().toLowerCase();
}
