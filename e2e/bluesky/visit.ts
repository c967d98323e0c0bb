import { request } from 'node:http';
import type { Login, Visit } from '@secateur/networks/contract';

const API = '/@atproto/oauth-provider/~api';
const WORDS = { block: 'app.bsky.graph.block', mute: 'app.bsky.graph.muteActor' } as const;

const NAVIGATION = { 'sec-fetch-mode': 'navigate', 'sec-fetch-dest': 'document', 'upgrade-insecure-requests': '1' };

type Answer = { status: number; location: string | undefined; text: string };

/**
 * Signs in and consents at a PDS the way its own page does, without a browser: the page's calls are told from others by
 * headers that fetch would overwrite. Tells what the browser would bring back.
 */
export async function visitReal(
  url: string,
  login: Login,
  password: string,
  visit: Visit = {},
): Promise<URLSearchParams> {
  const jar = new Map<string, string>();
  const page = await ask(new URL(url), jar, { ...NAVIGATION, 'sec-fetch-site': 'cross-site' });
  if (page.status !== 200) throw new Error(`the sign-in page answered ${page.status}`);
  const call = async (endpoint: string, body: object): Promise<Record<string, unknown>> => {
    const { status, text } = await ask(new URL(`${API}/${endpoint}`, url), jar, pageHeaders(url, jar), body);
    if (status !== 200) throw new Error(`${endpoint}: ${status} ${text}`);
    return JSON.parse(text);
  };
  await call('sign-in', { locale: 'en', username: login.handle, password, remember: true });
  const { url: next } = visit.no
    ? await call('reject', {})
    : await call('consent', { did: login.nativeId, scope: scopeLeft(url, visit) });
  const back = await ask(new URL(String(next)), jar, {
    ...NAVIGATION,
    'sec-fetch-site': 'same-origin',
    referer: url,
  });
  if (back.location === undefined) throw new Error(`nobody was sent back: ${back.status}`);
  return new URL(back.location).searchParams;
}

/** What the person leaves of all that the client may ever ask for; the server takes what was asked of it. */
function scopeLeft(url: string, { only }: Visit): string {
  const declared = new URL(new URL(url).searchParams.get('client_id') ?? '').searchParams.get('scope') ?? 'atproto';
  const kept = declared
    .split(' ')
    .filter((one) => one === 'atproto' || only === undefined || only.some((action) => one.includes(WORDS[action])));
  return kept.join(' ');
}

function pageHeaders(url: string, jar: Map<string, string>): Record<string, string> {
  return {
    'sec-fetch-mode': 'same-origin',
    'sec-fetch-site': 'same-origin',
    'sec-fetch-dest': 'empty',
    'content-type': 'application/json',
    origin: new URL(url).origin,
    referer: url,
    'x-csrf-token': jar.get('csrf-token') ?? '',
  };
}

function ask(url: URL, jar: Map<string, string>, headers: Record<string, string>, body?: object): Promise<Answer> {
  return new Promise((settle, fail) => {
    const cookie = [...jar].map(([name, value]) => `${name}=${value}`).join('; ');
    const sent = request(
      url,
      { method: body === undefined ? 'GET' : 'POST', headers: { ...headers, ...(cookie === '' ? {} : { cookie }) } },
      (response) => {
        for (const one of response.headers['set-cookie'] ?? []) {
          const [name = '', value = ''] = (one.split(';')[0] ?? '').split(/=(.*)/s);
          jar.set(name, value);
        }
        const chunks: Buffer[] = [];
        response.on('data', (chunk: Buffer) => chunks.push(chunk));
        response.on('end', () => {
          const text = Buffer.concat(chunks).toString();
          settle({ status: response.statusCode ?? 0, location: response.headers.location, text });
        });
      },
    );
    sent.on('error', fail);
    sent.end(body === undefined ? undefined : JSON.stringify(body));
  });
}
