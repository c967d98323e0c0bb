import type { NetworkPort } from '@secateur/networks/port';

/** An adapter that tells the credentials it is given. */
export function tellOpened(port: NetworkPort, tell: (credentials: string) => void): NetworkPort {
  return {
    ...port,
    actFor(credentials, rotated) {
      tell(credentials);
      return port.actFor(credentials, rotated);
    },
  };
}

/** An error that nobody catches, with these words and everything that errors of clients carry. */
export function dieOf(words: string): void {
  setImmediate(() => {
    throw Object.assign(new Error(`failed with ${words}`, { cause: new Error(words) }), {
      headers: { authorization: words },
      responseBody: { words },
    });
  });
}
