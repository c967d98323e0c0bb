import { createHash } from 'node:crypto';
import { HOUR } from '@secateur/base';
import { z } from 'zod';
import { type Credentials, type Grant, NetworkError } from '../port.ts';
import { gapsSchema } from './gaps.ts';
import { crowdsIn, isBroad, rightsIn } from './oauth/scopes.ts';
import { localId } from './schemas.ts';

const schema = z.object({
  kind: z.literal('mastodon'),
  /** The origin of the account's server, the domain in its handles, and the account's id there. */
  server: z.url(),
  domain: z.string(),
  id: localId,
  uri: z.string(),
  token: z.string().min(1),
  /** As the server granted it; what was asked for where it does not say. */
  scope: z.string(),
  /** When the token runs out; null where the server doesn't say, as Mastodon's never do. */
  endsAt: z.iso.datetime().nullable(),
  /** What it is renewed with, mostly once; null from servers that give none, as Mastodon's never do. */
  refresh: z.string().min(1).nullable().default(null),
  /** When and where it is; the time is null where it never was and nothing says when it was given. */
  renewedAt: z.iso.datetime().nullable().default(null),
  tokenUrl: z.url().nullable().default(null),
  /** What the server lacks. */
  gaps: gapsSchema.default([]),
  /** As whom we asked for it: only they can give it back. */
  client: z.object({ id: z.string(), secret: z.string() }),
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
  const { server, token, scope, endsAt, gaps, refresh, renewedAt } = unpack(credentials);
  const ends = endsAt === null ? null : new Date(endsAt);
  return {
    rights: rightsIn(scope).filter((right) => !gaps.some((gap) => gap === right)),
    broad: isBroad(scope) || gaps.includes('scopes'),
    crowds: crowdsIn(scope),
    renewBy: refresh === null ? null : renewalBy(ends, renewedAt),
    endsAt: refresh === null ? ends : null,
    // `reuse_access_token`: config/initializers/doorkeeper.rb of mastodon/mastodon.
    sharedAs: createHash('sha256').update(`${server} ${token}`).digest('hex'),
  };
}

/** What lasts less than two hours is renewed once an hour all the same, and with every call that needs it. */
const LEAST = 2 * HOUR;

/**
 * No server says how long a refresh token lasts. Pixelfed's outlive their access tokens (356 and 400 days:
 * app/Providers/AuthServiceProvider.php), Pleroma's may be swept away with them (`clean_expired_tokens` in its
 * docs/configuration/cheatsheet.md): so it is renewed while the access token lasts. One that never runs out needs no renewing.
 */
function renewalBy(endsAt: Date | null, renewedAt: string | null): Date | null {
  if (endsAt === null) return null;
  const least = renewedAt === null ? 0 : Date.parse(renewedAt) + LEAST;
  return new Date(Math.max(endsAt.getTime(), least));
}
