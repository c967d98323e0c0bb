/** How our cookies are set: never read by scripts, never sent along by other sites' forms. */
export type CookieOptions = { httpOnly: true; sameSite: 'lax'; path: '/'; secure: boolean; expires?: Date };
export type SetCookie = { name: string; value: string; options: CookieOptions };

/** Names and options of the cookies, for an app that is reached at `authUrl`. */
export function cookiesAt(authUrl: string) {
  const secure = new URL(authUrl).protocol === 'https:';
  const options: CookieOptions = { httpOnly: true, sameSite: 'lax', path: '/', secure };
  return {
    options,
    half: `${secure ? '__Host-' : ''}secateur.half`,
    session: `${secure ? '__Secure-' : ''}authjs.session-token`,
  };
}
