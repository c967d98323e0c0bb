import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { ANSWERS, type AnswerName } from './answers.ts';
import type { Canaries } from './canaries.ts';

/** The way from workers to the pretend network: sees every credential that goes by, and can answer badly. */
export type Relay = {
  url: string;
  /** The next request of this account to that method gets that answer. */
  arm(did: string, method: string, answer: AnswerName): void;
  /** How many armed answers have not been given. */
  armed(): number;
  /** Lets access tokens run out before their time, this often. */
  expire(share: number): void;
  /** How often the network was asked for what needs credentials. */
  counts: { signIns: number; renewals: number; calls: number; struck: number };
  close(): Promise<void>;
};

const EXPIRED = JSON.stringify({ error: 'ExpiredToken', message: 'Token has expired' });

export async function startRelay(networkUrl: string, canaries: Canaries, random: () => number): Promise<Relay> {
  const armed = new Map<string, AnswerName[]>();
  const counts = { signIns: 0, renewals: 0, calls: 0, struck: 0 };
  let expiring = 0;

  /** What a request holds that nobody else may see, and whose it is. */
  function credentialsIn(req: IncomingMessage, body: Buffer): { did: string | null; secrets: string[] } {
    const bearer = /^(?:Bearer|DPoP) (.+)$/.exec(req.headers.authorization ?? '')?.[1];
    if (bearer) return { did: subjectOf(bearer), secrets: [bearer] };
    const sent = body.length > 0 && body[0] === 0x7b ? JSON.parse(body.toString()) : {};
    if (typeof sent.password !== 'string') return { did: null, secrets: [] };
    return { did: String(sent.identifier), secrets: [sent.password] };
  }

  async function pass(req: IncomingMessage, res: ServerResponse): Promise<void> {
    const body = Buffer.concat(await req.toArray());
    const path = req.url ?? '/';
    const method = /^\/xrpc\/([\w.]+)/.exec(path)?.[1] ?? '';
    const { did, secrets } = credentialsIn(req, body);
    if (secrets.length > 0) {
      if (method.endsWith('createSession')) counts.signIns += 1;
      else if (method.endsWith('refreshSession')) counts.renewals += 1;
      else counts.calls += 1;
    }
    const waiting = did === null ? undefined : armed.get(`${did} ${method}`);
    const answer = waiting?.shift();
    if (answer && secrets[0] !== undefined) {
      counts.struck += 1;
      ANSWERS[answer](res, secrets[0]);
      return;
    }
    const renewing = method.endsWith('Session');
    if (secrets.length > 0 && !renewing && random() < expiring) {
      return void res.writeHead(400, { 'content-type': 'application/json' }).end(EXPIRED);
    }
    const { host: _, connection: __, ...headers } = req.headers;
    const sent = await fetch(new URL(path, networkUrl), {
      method: req.method ?? 'GET',
      headers: headers as Record<string, string>,
      ...(body.length > 0 ? { body } : {}),
    });
    const text = (await sent.text()).replaceAll(networkUrl, url);
    for (const [, kind, token] of text.matchAll(/"(accessJwt|refreshJwt)":"([^"]+)"/g)) {
      canaries.token(kind === 'accessJwt' ? 'access token' : 'refresh token', token ?? '');
    }
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

function subjectOf(token: string): string | null {
  try {
    return JSON.parse(Buffer.from(token.split('.')[1] ?? '', 'base64url').toString()).sub;
  } catch {
    return null;
  }
}
