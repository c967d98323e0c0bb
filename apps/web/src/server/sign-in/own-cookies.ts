import { sessionCookie } from './cookies.ts';

/** How our cookies are set: never read by scripts, never sent along by other sites' forms. */
export type CookieOptions = { httpOnly: true; sameSite: 'lax'; path: '/'; secure: boolean; expires?: Date };
export type SetCookie = { name: string; value: string; options: CookieOptions };

/** Names and options of the cookies, for an app that is reached at `origin`. */
export function cookiesAt(origin: string) {
  const secure = new URL(origin).protocol === 'https:';
  const options: CookieOptions = { httpOnly: true, sameSite: 'lax', path: '/', secure };
  const ours = (name: string) => `${secure ? '__Host-' : ''}secateur.${name}`;
  return {
    options,
    /** Half way in: a mailbox is proven, a passkey still to be shown. */
    half: ours('half'),
    /** Ties a question to the browser that asked it. */
    asker: ours('asker'),
    /** Tells a browser that its user has signed in with from one that they never have. */
    device: ours('device'),
    /** Holds what a browser began at its own network. */
    browser: ours('browser'),
    session: sessionCookie(origin),
  };
}

/** Takes a cookie away again. */
export function noCookie(name: string, options: CookieOptions): SetCookie {
  return { name, value: '', options: { ...options, expires: new Date(0) } };
}
