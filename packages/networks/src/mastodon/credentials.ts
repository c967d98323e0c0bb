import { createHash } from 'node:crypto';
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

/** What credentials allow and how long they last: tokens are not renewed. */
export function grantOf(credentials: Credentials): Grant {
  const { server, token, scope, endsAt, gaps } = unpack(credentials);
  return {
    rights: rightsIn(scope).filter((right) => !gaps.some((gap) => gap === right)),
    broad: isBroad(scope) || gaps.includes('scopes'),
    crowds: crowdsIn(scope),
    renewBy: null,
    endsAt: endsAt === null ? null : new Date(endsAt),
    // `reuse_access_token`: config/initializers/doorkeeper.rb of mastodon/mastodon.
    sharedAs: createHash('sha256').update(`${server} ${token}`).digest('hex'),
  };
}
