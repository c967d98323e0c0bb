import { type Credentials, NetworkError, type Renewal } from './port.ts';

/** How one network's sessions are told apart and renewed. */
export type How<S> = {
  pack(session: S): Credentials;
  /** Throws `unauthorized` for what is none. */
  unpack(stored: Credentials): S;
  /** Whether both are of one account. */
  sameAccount(one: S, other: S): boolean;
  access(session: S): string;
  /** Null where there is nothing to renew it with. */
  refresh(session: S): string | null;
  /** Whether its access token is no good any more, or about to be. */
  hasRunOut(session: S): boolean;
  /** Exchanges the refresh token, which is spent from here on, whatever becomes of the answer. */
  exchange(session: S, refresh: string): Promise<S>;
};

/** A session whose access token is renewed when it has run out: once, however many calls want that. */
export type Renewing<S> = {
  current(): S;
  /** An access token that has not run out, where one is to be had. */
  token(): Promise<string>;
  /** Renews, unless another call has done so since `used` was taken. Throws `unauthorized` where nothing can be renewed. */
  renew(used: string): Promise<void>;
};

/**
 * Keeps a session renewed. What a refresh token was exchanged for is used only when it is stored: `renewal` waits for other
 * processes, and says what is stored by now.
 */
export function renewing<S>(session: S, renewal: Renewal, how: How<S>): Renewing<S> {
  let current = session;
  /** What a refresh token was exchanged for, until that is stored: the token is spent, and this is all there is of it. */
  let unstored: { spent: string; next: S } | null = null;
  let underWay: Promise<void> | null = null;

  /** Somebody may have signed in anew meanwhile: as another account that is for the next turn, not for this one. */
  const readStored = (stored: Credentials): S => {
    const latest = how.unpack(stored);
    if (!how.sameAccount(latest, current))
      throw new NetworkError('down', { message: 'other credentials are stored by now' });
    return latest;
  };
  const renewNow = async () => {
    const stored = await renewal(async (text) => {
      const latest = readStored(text);
      if (how.access(latest) !== how.access(current)) return text;
      const refresh = how.refresh(latest);
      if (refresh === null) throw new NetworkError('unauthorized');
      if (unstored?.spent !== refresh) unstored = { spent: refresh, next: await how.exchange(latest, refresh) };
      return how.pack(unstored.next);
    });
    current = readStored(stored);
    unstored = null;
  };
  const renew = async (used: string) => {
    if (how.access(current) !== used) return;
    underWay ??= renewNow().finally(() => {
      underWay = null;
    });
    await underWay;
  };
  return {
    current: () => current,
    renew,
    async token() {
      // Twice, because what another process has stored may be old as well.
      for (let i = 0; i < 2 && how.refresh(current) !== null && how.hasRunOut(current); i++)
        await renew(how.access(current));
      return how.access(current);
    },
  };
}
