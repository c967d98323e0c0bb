import type { IncomingMessage } from 'node:http';

/** The real server takes no more than a megabyte of JSON. */
export const MOST_BYTES = 1_000_000;

/** Reads a request's whole body, then calls back with it, or with null when it is too large. Never after an abort. */
export function readBody(req: IncomingMessage, mostBytes: number, done: (text: string | null) => void): void {
  let first: Buffer | null = null;
  let more: Buffer[] | null = null;
  let size = 0;
  req.on('data', (chunk: Buffer) => {
    size += chunk.length;
    if (size > mostBytes) return;
    if (first === null) first = chunk;
    else if (more === null) more = [first, chunk];
    else more.push(chunk);
  });
  req.on('end', () => {
    if (size > mostBytes) done(null);
    else done((more === null ? first : Buffer.concat(more))?.toString('utf8') ?? '');
  });
}
