import { NetworkError } from '../port.ts';
import { AddressRefused } from './address-refused.ts';

/** The connection was never made, so nothing can have been sent. */
const NOT_SENT = new Set([
  'ECONNREFUSED',
  'ENOTFOUND',
  'EAI_AGAIN',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'UND_ERR_CONNECT_TIMEOUT',
]);

/** What it means that no answer came, or none that could be read: of a write, that it may have happened all the same. */
export function lost(cause: unknown, write: boolean): NetworkError {
  if (cause instanceof AddressRefused) return new NetworkError('rejected', { cause });
  const code = cause instanceof Error && 'code' in cause ? String(cause.code) : '';
  return new NetworkError('down', { uncertain: write && !NOT_SENT.has(code), cause });
}

/** An answer that is said to be a success and is not what was asked for: a page for people, or JSON of another shape. */
export class Unreadable extends Error {
  constructor(what: string) {
    super(`not what was asked for: ${what}`);
    this.name = 'Unreadable';
  }
}

/** How an error came about. `allowed`: the credentials hold the right that the call needs; null where there are none. */
export type Attempt = { write: boolean; now: Date; allowed: boolean | null };
