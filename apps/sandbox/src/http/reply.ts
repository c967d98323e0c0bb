import type { ServerResponse } from 'node:http';

export const JSON_TYPE = 'application/json; charset=utf-8';
export const HTML_TYPE = 'text/html; charset=utf-8';

/** Answers with text in one write; without a type when there is none. `headers` is a flat list of names and values. */
export function reply(res: ServerResponse, status: number, type: string, text: string, headers: string[] = []): void {
  if (text !== '') headers.push('content-type', type);
  headers.push('content-length', String(Buffer.byteLength(text)));
  res.writeHead(status, headers);
  res.end(text);
}

export function replyJson(res: ServerResponse, status: number, value: unknown): void {
  reply(res, status, JSON_TYPE, JSON.stringify(value));
}

/** Answers a form: back to the page, by GET. */
export function replySeeOther(res: ServerResponse, to: string): void {
  reply(res, 303, HTML_TYPE, '', ['location', to]);
}
