import { z } from 'zod';
import { type Credentials, type Grant, NetworkError } from '../port.ts';
import { RENEW_WITHIN } from './limits.ts';
import { rightsIn } from './oauth/scopes.ts';
import { userId } from './schemas.ts';

const schema = z.object({
  kind: z.literal('x'),
  id: userId,
  access: z.string().min(1),
  /** Works once. Null where only the account was to be proven. */
  refresh: z.string().min(1).nullable(),
  scope: z.string(),
  expiresAt: z.iso.datetime(),
  renewedAt: z.iso.datetime(),
  /** Which of our apps it was given to: only that one can give it back. */
  by: z.enum(['app', 'sign-in']).default('app'),
});
/** What a person's consent was exchanged for. */
export type Session = z.output<typeof schema>;

export function pack(session: Session): Credentials {
  return JSON.stringify(session);
}

/** Throws `unauthorized` for what this adapter did not make. */
export function unpack(credentials: Credentials): Session {
  try {
    return schema.parse(JSON.parse(credentials));
  } catch {
    // The text may hold secrets, so no cause is kept.
    throw new NetworkError('unauthorized');
  }
}

/** What credentials allow and how long they last. */
export function grantOf(credentials: Credentials): Grant {
  const { scope, refresh, renewedAt, expiresAt } = unpack(credentials);
  return {
    rights: rightsIn(scope),
    broad: false,
    // Everything there is to list our app lists itself.
    crowds: [],
    renewBy: refresh === null ? null : new Date(Date.parse(renewedAt) + RENEW_WITHIN),
    endsAt: refresh === null ? new Date(expiresAt) : null,
  };
}
