import type { NextAuthConfig } from 'next-auth';

type Cookies = NonNullable<NextAuthConfig['cookies']>;

/** next-auth's own names for what it keeps in the browser. */
const NAMES = {
  sessionToken: 'authjs.session-token',
  callbackUrl: 'authjs.callback-url',
  csrfToken: 'authjs.csrf-token',
  pkceCodeVerifier: 'authjs.pkce.code_verifier',
  state: 'authjs.state',
  nonce: 'authjs.nonce',
  webauthnChallenge: 'authjs.challenge',
} as const satisfies Record<keyof Cookies, string>;

/** Seconds for which what belongs to one sign-in elsewhere is kept. */
const SIGN_IN_AGE = 900;
const SHORT_LIVED: readonly (keyof Cookies)[] = ['pkceCodeVerifier', 'state', 'nonce', 'webauthnChallenge'];

/**
 * The sign-in's cookies. Over https their names begin with `__Host-`: browsers then take them only over https, from this
 * very host and for all of it, so that a neighbour below the same domain can't plant one. Over http, which is localhost,
 * browsers would refuse such a name.
 */
export function signInCookies(authUrl: string): Required<Cookies> {
  const secure = new URL(authUrl).protocol === 'https:';
  const cookie = (key: keyof Cookies) => ({
    name: named(NAMES[key], secure),
    options: {
      httpOnly: true,
      sameSite: 'lax' as const,
      path: '/',
      secure,
      ...(SHORT_LIVED.includes(key) ? { maxAge: SIGN_IN_AGE } : {}),
    },
  });
  return {
    sessionToken: cookie('sessionToken'),
    callbackUrl: cookie('callbackUrl'),
    csrfToken: cookie('csrfToken'),
    pkceCodeVerifier: cookie('pkceCodeVerifier'),
    state: cookie('state'),
    nonce: cookie('nonce'),
    webauthnChallenge: cookie('webauthnChallenge'),
  };
}

/** What the cookie with the session is called, for an app that is reached at `authUrl`. */
export function sessionCookie(authUrl: string): string {
  return named(NAMES.sessionToken, new URL(authUrl).protocol === 'https:');
}

/** What the cookie with the session may be called. */
export const SESSION_COOKIES = [true, false].map((secure) => named(NAMES.sessionToken, secure));

function named(name: string, secure: boolean): string {
  return secure ? `__Host-${name}` : name;
}
