import { NetworkError } from '@secateur/networks/port';
import { z } from 'zod';
import type { Binding } from '../secrets/index.ts';
import type { SealedConnection } from './credentials.ts';

/**
 * What a member gave and no network has confirmed. The handle is sealed with the password: whoever writes the database could
 * else have the password sent to a server of their own.
 */
export type Waiting = { handle: string; password: string };

const waiting = z.object({ handle: z.string().min(1), password: z.string().min(1) });
const session = z.object({ password: z.undefined().optional() });

/** As it is sealed. */
export function packWaiting({ handle, password }: Waiting): string {
  return JSON.stringify({ handle, password });
}

/**
 * What was sealed; null when it is a session, which a network gave. Throws NetworkError `unauthorized` for a password that
 * doesn't say whose it is: it is sent nowhere.
 */
export function readWaiting(text: string): Waiting | null {
  const opened: unknown = JSON.parse(text);
  if (session.safeParse(opened).success) return null;
  const found = waiting.safeParse(opened);
  if (found.success) return found.data;
  throw new NetworkError('unauthorized', { message: 'a password without its handle' });
}

/** What a password is bound to that stands beside credentials which still work. */
export function renewalOf({ tenantId, network, id }: Pick<SealedConnection, 'tenantId' | 'network' | 'id'>): Binding {
  return { tenantId, network, subjectId: id, version: 1, purpose: 'renewal' };
}
