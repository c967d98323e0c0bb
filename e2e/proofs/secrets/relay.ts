import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { ANSWERS, type AnswerName } from './answers.ts';
import type { Canaries } from './canaries.ts';
import type { ConsentTraffic } from './consent-traffic.ts';

/** The way from workers to the pretend network: sees every credential that goes by, and can answer badly. */
export type Relay = {
  url: string;
  /** From now on it leads there. */
  leadTo(networkUrl: string): void;
  /** The next request of this account to that method gets that answer. `consent` is whoever is asked for theirs. */
  arm(did: string, method: string, answer: AnswerName): void;
  /** How many armed answers have not been given. */
  armed(): number;
  /** Lets access tokens run out before their time, this often. */
  expire(share: number): void;
  /** How often the network was asked for what needs credentials. */
  counts: { signIns: number; renewals: number; calls: number; consents: number; struck: number };
  close(): Promise<void>;
};

const EXPIRED = JSON.stringify({ error: 'ExpiredToken', message: 'Token has expired' });
const INVALID = JSON.stringify({ error: 'invalid_token', message: 'Token has expired' });

export async function startRelay(canaries: Canaries, traffic: ConsentTraffic, random: () => number): Promise<Relay> {
  const armed = new Map<string, AnswerName[]>();
  const counts = { signIns: 0, renewals: 0, calls: 0, consents: 0, struck: 0 };
  /** Tokens of consents by how often they were used: each works once before it runs out, and runs out once. */
  const uses = new Map<string, number>();
  let expiring = 0;
  let networkUrl = '';

  /** What a request holds that nobody else may see, and whose it is. */
  function credentialsIn(req: IncomingMessage, body: Buffer): { did: string | null; secrets: string[] } {
    const bearer = /^Bearer (.+)$/.exec(req.headers.authorization ?? '')?.[1];
    if (bearer) return { did: subjectOf(bearer), secrets: [bearer] };
    const sent = body.length > 0 && body[0] === 0x7b ? JSON.parse(body.toString()) : {};
    if (typeof sent.password !== 'string') return { did: null, secrets: [] };
    return { did: String(sent.identifier), secrets: [sent.password] };
  }

  /** Whether a token from a consent is to have run out before its time. */
  function runsOut(token: string): boolean {
    const used = uses.get(token) ?? 0;
    uses.set(token, used + 1);
    if (used === 0 || used === Number.POSITIVE_INFINITY || random() >= expiring) return false;
    uses.set(token, Number.POSITIVE_INFINITY);
    return true;
  }

  async function pass(req: IncomingMessage, res: ServerResponse): Promise<void> {
    const body = Buffer.concat(await req.toArray());
    const path = req.url ?? '/';
    const consent = traffic.read(path, req.headers, body);
    const method = consent?.method ?? /^\/xrpc\/([\w.]+)/.exec(path)?.[1] ?? '';
    const { did, secrets } =
      consent === null
        ? credentialsIn(req, body)
        : { did: consent.did, secrets: consent.secrets.map(({ secret }) => secret) };
    if (secrets.length > 0) {
      if (method.startsWith('oauth/')) counts.consents += 1;
      else if (method.endsWith('createSession')) counts.signIns += 1;
      else if (method.endsWith('refreshSession')) counts.renewals += 1;
      else counts.calls += 1;
    }
    const waiting = did === null ? undefined : armed.get(`${did} ${method}`);
    const answer = waiting?.shift();
    if (answer && secrets[0] !== undefined) {
      counts.struck += 1;
      // All of them, where a request holds several.
      ANSWERS[answer](res, secrets.join(' '));
      return;
    }
    if (consent !== null && !method.startsWith('oauth/')) {
      if (runsOut(secrets[0] ?? '')) {
        const headers = { 'content-type': 'application/json', 'www-authenticate': 'DPoP error="invalid_token"' };
        return void res.writeHead(401, headers).end(INVALID);
      }
    } else if (consent === null && secrets.length > 0 && !method.endsWith('Session') && random() < expiring) {
      return void res.writeHead(400, { 'content-type': 'application/json' }).end(EXPIRED);
    }
    const { host: _, connection: __, ...headers } = req.headers;
    const sent = await fetch(new URL(path, networkUrl), {
      method: req.method ?? 'GET',
      headers: headers as Record<string, string>,
      ...(body.length > 0 ? { body } : {}),
    });
    const text = await sent.text();
    for (const [, kind, token] of text.matchAll(/"(accessJwt|refreshJwt)":"([^"]+)"/g)) {
      canaries.token(kind === 'accessJwt' ? 'access token' : 'refresh token', token ?? '');
    }
    if (consent !== null && sent.ok) traffic.accepted(consent, req.headers, body, text);
    else if (sent.ok) for (const secret of secrets) canaries.worked(kindOf(method), secret);
    const back = Object.fromEntries(
      [...sent.headers].filter(
        ([name]) => !/^(content-length|connection|keep-alive|content-encoding|transfer-encoding)$/.test(name),
      ),
    );
    res.writeHead(sent.status, back).end(text);
  }

  const server = createServer((req, res) => {
    pass(req, res).catch(() => res.destroy());
  });
  await new Promise<void>((ready) => server.listen(0, '127.0.0.1', ready));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return {
    url,
    leadTo(there) {
      networkUrl = there;
    },
    arm(did, method, answer) {
      const key = `${did} ${method}`;
      armed.set(key, [...(armed.get(key) ?? []), answer]);
    },
    armed: () => [...armed.values()].reduce((sum, waiting) => sum + waiting.length, 0),
    expire(share) {
      expiring = share;
    },
    counts,
    async close() {
      server.closeAllConnections();
      await new Promise((closed) => server.close(closed));
    },
  };
}

/** What an app password's session is asked with. */
function kindOf(method: string): 'password' | 'refresh token' | 'access token' {
  if (method.endsWith('createSession')) return 'password';
  return method.endsWith('refreshSession') ? 'refresh token' : 'access token';
}

function subjectOf(token: string): string | null {
  try {
    return JSON.parse(Buffer.from(token.split('.')[1] ?? '', 'base64url').toString()).sub;
  } catch {
    return null;
  }
}
