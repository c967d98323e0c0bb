import type { ServerResponse } from 'node:http';

type Answer = (res: ServerResponse, secret: string) => void;

const json =
  (status: number, body: object | string, headers: Record<string, string> = {}): Answer =>
  (res) => {
    res.writeHead(status, { 'content-type': 'application/json', ...headers });
    res.end(typeof body === 'string' ? body : JSON.stringify(body));
  };

/** What a bad server might answer to whoever sent it a secret: each says the secret again. */
export const ANSWERS = {
  'a 500 that quotes it': (res, s) => json(500, { error: 'InternalServerError', message: `failed for ${s}` })(res, s),
  'an error named after it': (res, s) => json(400, { error: s, message: s })(res, s),
  'a refusal that quotes it': (res, s) => json(401, { error: 'AuthenticationRequired', message: `not ${s}` })(res, s),
  'a page that shows it': (res, s) => res.writeHead(502, { 'content-type': 'text/html' }).end(`<p>${s}</p>`),
  'JSON that breaks off after it': (res, s) => json(200, `{"accessJwt":${JSON.stringify(s)},`)(res, s),
  'another shape with it inside': (res, s) =>
    json(200, { accessJwt: s, refreshJwt: [s], did: { s }, handle: s, commit: s, cursor: [s] })(res, s),
  'headers that hold it': (res, s) => {
    const value = encodeURIComponent(s);
    json(
      500,
      {},
      { 'x-seen': value, 'set-cookie': `token=${value}`, 'ratelimit-policy': value, 'ratelimit-limit': value },
    )(res, s);
  },
  'a limit that quotes it': (res, s) =>
    json(429, { error: 'RateLimitExceeded', message: s }, { 'retry-after': '1' })(res, s),
  'half an answer': (res, s) => {
    res
      .writeHead(200, { 'content-type': 'application/json', 'content-length': '9999' })
      .write(`{"token":${JSON.stringify(s)}`);
    setImmediate(() => res.destroy());
  },
  'no HTTP at all': (res, s) => void res.socket?.end(`${s}\r\n\r\n`),
} as const satisfies Record<string, Answer>;
export type AnswerName = keyof typeof ANSWERS;
export const ANSWER_NAMES = Object.keys(ANSWERS) as AnswerName[];
