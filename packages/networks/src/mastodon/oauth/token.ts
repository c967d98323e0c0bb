import { z } from 'zod';
import { NetworkError } from '../../port.ts';
import { Refused } from '../errors.ts';
import { isJson, jsonOf, type Send } from '../send.ts';

const schema = z.object({
  access_token: z.string().min(1).max(4_000),
  scope: z.string().nullish(),
  /** Seconds. Mastodon's tokens last for ever and say nothing; those of others may not. */
  expires_in: z.number().positive().nullish(),
});

/** Exchanges a code for a token. Throws `rejected` for one that is used up, made up, or another's. */
export async function exchange(
  asked: {
    token: string;
    app: { id: string; secret: string; redirect: string };
    scope: string;
    verifier: string | null;
  },
  code: string,
  via: { send: Send; now(): Date },
): Promise<{ token: string; scope: string; endsAt: Date | null }> {
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
  const response = await via.send(new URL(asked.token), {
    method: 'POST',
    headers: { 'content-type': 'application/x-www-form-urlencoded' },
    body: String(new URLSearchParams(form)),
  });
  const { status, headers } = response;
  if (!response.ok) {
    const json = isJson(response);
    if (json && status >= 400 && status < 500 && status !== 429)
      throw new NetworkError('rejected', { message: 'token' });
    throw new Refused(status, headers, { json, paging: false });
  }
  const read = schema.safeParse(await jsonOf(response));
  if (!read.success) throw new NetworkError('down', { message: 'an answer that is no token' });
  const { access_token: token, scope, expires_in: seconds } = read.data;
  const endsAt = seconds === null || seconds === undefined ? null : new Date(via.now().getTime() + seconds * 1_000);
  return { token, scope: scope ?? '', endsAt };
}
