import { z } from 'zod';
import { NetworkError, type NetworkProblem } from '../../port.ts';
import type { Session } from '../credentials.ts';
import { Refused } from '../errors.ts';
import { isJson, jsonOf, type Send } from '../send.ts';

const schema = z.object({
  access_token: z.string().min(1).max(4_000),
  scope: z.string().nullish(),
  /** Seconds. Mastodon's tokens last for ever and say nothing (content/en/api/oauth-tokens.md of mastodon/documentation); others' may not. */
  expires_in: z.number().positive().nullish(),
  /**
   * From Pleroma and its kin (lib/pleroma/web/oauth/token/response.ex of soapbox-pub/rebased) and Pixelfed (Laravel's Passport).
   * Mastodon itself gives none; mastodon/mastodon#27948 would.
   */
  refresh_token: z.string().min(1).max(4_000).nullish(),
});

/** The longest time, in seconds, that a token is believed to last; what is said to last longer is taken not to end. */
const LONGEST = 10 * 365 * 86_400;

type Via = { send: Send; now(): Date };
type Tokens = { token: string; scope: string; endsAt: Date | null; refresh: string | null };

/** Exchanges a code for a token. Throws `rejected` for one that is used up, made up, or another's. */
export async function exchange(
  asked: {
    token: string;
    app: { id: string; secret: string; redirect: string };
    scope: string;
    verifier: string | null;
  },
  code: string,
  via: Via,
): Promise<Tokens> {
  const { app } = asked;
  const form = {
    grant_type: 'authorization_code',
    code,
    client_id: app.id,
    client_secret: app.secret,
    redirect_uri: app.redirect,
    scope: asked.scope,
    ...(asked.verifier === null ? {} : { code_verifier: asked.verifier }),
  };
  return ask(new URL(asked.token), form, 'rejected', via);
}

/** The session with what its refresh token was exchanged for. Throws `unauthorized` for one that is used up or taken back. */
export async function refreshed(session: Session, refresh: string, via: Via): Promise<Session> {
  const { server, tokenUrl, client } = session;
  const at = via.now();
  const form = {
    grant_type: 'refresh_token',
    refresh_token: refresh,
    client_id: client.id,
    client_secret: client.secret,
  };
  const next = await ask(new URL(tokenUrl ?? '/oauth/token', server), form, 'unauthorized', via);
  return {
    ...session,
    token: next.token,
    scope: next.scope === '' ? session.scope : next.scope,
    endsAt: next.endsAt?.toISOString() ?? null,
    // RFC 6749, 6: where no new one comes, the old one stays good.
    refresh: next.refresh ?? refresh,
    renewedAt: at.toISOString(),
  };
}

async function ask(url: URL, form: Record<string, string>, refused: NetworkProblem, via: Via): Promise<Tokens> {
  const response = await via.send(url, {
    method: 'POST',
    headers: { 'content-type': 'application/x-www-form-urlencoded' },
    body: String(new URLSearchParams(form)),
  });
  const { status, headers } = response;
  if (!response.ok) {
    const json = isJson(response);
    if (json && status >= 400 && status < 500 && status !== 429) throw new NetworkError(refused, { message: 'token' });
    throw new Refused(status, headers, { json, paging: false });
  }
  const read = schema.safeParse(await jsonOf(response));
  if (!read.success) throw new NetworkError('down', { message: 'an answer that is no token' });
  const { access_token: token, scope, expires_in: seconds, refresh_token: refresh } = read.data;
  const endsAt =
    seconds === null || seconds === undefined || seconds > LONGEST
      ? null
      : new Date(via.now().getTime() + seconds * 1_000);
  return { token, scope: scope ?? '', endsAt, refresh: refresh ?? null };
}
