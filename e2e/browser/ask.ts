import { request } from 'node:http';

export type Answer = { status: number; headers: Record<string, string | string[] | undefined>; text: string };
export type Question = {
  method?: string;
  headers?: Record<string, string>;
  /** Sent in pieces, so that no length is announced; or as one with its length. */
  body?: Iterable<Uint8Array> | string;
};

/** One request with exactly these headers, as no browser would let a page make it. Follows no redirect. */
export function ask(url: string, { method = 'GET', headers = {}, body }: Question = {}): Promise<Answer> {
  return new Promise((settle, fail) => {
    const length = typeof body === 'string' ? { 'content-length': String(Buffer.byteLength(body)) } : {};
    const asked = request(url, { method, headers: { ...length, ...headers } }, (answer) => {
      const parts: Buffer[] = [];
      answer.on('data', (part: Buffer) => parts.push(part));
      answer.once('end', () =>
        settle({
          status: answer.statusCode ?? 0,
          headers: answer.headers,
          text: Buffer.concat(parts).toString(),
        }),
      );
      answer.once('error', fail);
    });
    // An answer that comes before everything is sent ends the sending: that is no failure then.
    asked.once('error', fail);
    if (typeof body === 'string') asked.end(body);
    else {
      for (const part of body ?? []) asked.write(part);
      asked.end();
    }
  });
}
