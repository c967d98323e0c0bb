import { LEAVE_COOKIES } from '~/leave-cookie.ts';
import { signInCookies } from './cookies.ts';
import { cookiesAt } from './own-cookies.ts';

/**
 * What a browser that is left in a hurry is told to throw away, for an app that is reached at `origin`: all that it has of us.
 *
 * `cookies` go by name, which every browser does. `header` is Clear-Site-Data: Safari knows it since 17, older ones don't,
 * nobody does over http but on this machine, and its "cookies" are those of the whole domain that somebody registered. On this
 * machine's own name that would be other programs', so there it is not asked for.
 */
export function leftBehind(origin: string): { cookies: string[]; header: string } {
  const secure = new URL(origin).protocol === 'https:';
  const { half, asker, device, browser } = cookiesAt(origin);
  const signingIn = Object.values(signInCookies(origin)).flatMap(({ name }) => name ?? []);
  return {
    cookies: [...signingIn, half, asker, device, browser, ...LEAVE_COOKIES],
    header: secure ? '"cache", "storage", "cookies"' : '"cache", "storage"',
  };
}
