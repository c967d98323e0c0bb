import type { Fault } from '../faults/fault.ts';
import { HTML_TYPE, JSON_TYPE } from '../http/reply.ts';
import type { Call } from './call.ts';

/** An answer in place of the method's own. */
export type Struck = { status: number; type: string; text: string; headers: string[] };

const PAGE = '<!doctype html><html lang="en"><title>Just a moment</title><p>Please wait.';

/** What a fault answers instead of the method, null where it lets the method answer. */
export function strikeWith(fault: Fault, call: Call): Struck | null {
  switch (fault.kind) {
    case '403':
      return json(403, 'Your login is currently disabled');
    case '404':
      return json(404, 'Record not found');
    case '422':
      return json(422, 'Duplicate record');
    case '429':
      return json(429, 'Too many requests', limited(call, fault.retryAfterSeconds ?? 60));
    case '500':
      return json(500, 'Something went wrong on our end');
    case '502':
      return page(502);
    case '503':
      return json(503, 'Remote data could not be fetched');
    case '504':
      return page(504);
    case 'unconfirmed':
      return json(403, 'Your login is missing a confirmed e-mail address');
    case 'pending':
      return json(403, 'Your login is currently pending approval');
    case 'app-only':
      return json(422, 'This method requires an authenticated user');
    case 'token-revoked':
    case 'expired-token':
      if (call.token === null) return null;
      call.site.record({ t: 'fedi-token', ...call.token, dead: true });
      return json(401, 'The access token was revoked');
    case 'html':
      return page(200);
    case 'proxy-page':
      return page(403);
    case 'gone':
      return page(410);
    case 'moved':
      return { ...page(301), headers: ['location', 'https://elsewhere.example/'] };
    default:
      return null;
  }
}

/** Puts a lie in place of where a list leads on. */
export function lieAbout(fault: Fault, call: Call, origin: string): void {
  const at = call.params.get('max_id');
  const lead = (base: string, mark: string) => {
    call.headers = ['link', `<${base}${call.path}?limit=80&max_id=${mark}>; rel="next"`];
  };
  if (fault.kind === 'next-elsewhere') lead('https://elsewhere.example', '1');
  if (fault.kind === 'next-loop') lead(origin, at ?? '99999999999');
  if (fault.kind === 'next-endless') lead(origin, String(Number(at ?? 1_000_000_000) - 1));
}

function json(status: number, error: string, headers: string[] = []): Struck {
  return { status, type: JSON_TYPE, text: JSON.stringify({ error }), headers };
}

function page(status: number): Struck {
  return { status, type: HTML_TYPE, text: PAGE, headers: [] };
}

function limited({ site }: Call, seconds: number): string[] {
  const reset = new Date(site.clock.now() + seconds * 1_000).toISOString();
  return ['X-RateLimit-Limit', '300', 'X-RateLimit-Remaining', '0', 'X-RateLimit-Reset', reset];
}
