import type { IncomingMessage } from 'node:http';

/** What was sent, as JSON or as a form: these servers take both. */
export function fieldsOf(req: IncomingMessage, text: string): Record<string, unknown> {
  if (text === '') return {};
  if (!/json/.test(req.headers['content-type'] ?? '')) return Object.fromEntries(new URLSearchParams(text));
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null ? { ...value } : {};
  } catch {
    return {};
  }
}

export function textIn(fields: Record<string, unknown>, name: string): string {
  const value = fields[name];
  return typeof value === 'string' ? value : '';
}
