/** What came back over the wire. `body` is read by tests, which know its shape. */
export type Answer<T> = { status: number; headers: Headers; body: T };

export type Wire = {
  /** Calls a method by GET without a body, by POST with one. */
  call<T = { error: string; message: string }>(
    method: string,
    more?: { query?: [string, string][] | Record<string, string>; body?: unknown; token?: string; address?: string },
  ): Promise<Answer<T>>;
  signIn(identifier: string, password: string): Promise<Tokens>;
};
export type Tokens = { did: string; accessJwt: string; refreshJwt: string };

/** A bare client of the wire protocol, which hides nothing from a test. */
export function wireTo(url: string): Wire {
  const wire: Wire = {
    call: async (method, { query, body, token, address } = {}) => {
      const headers = new Headers({ 'content-type': 'application/json' });
      if (token !== undefined) headers.set('authorization', `Bearer ${token}`);
      if (address !== undefined) headers.set('x-forwarded-for', address);
      const response = await fetch(`${url}/xrpc/${method}?${new URLSearchParams(query)}`, {
        headers,
        ...(body === undefined ? {} : { method: 'POST', body: JSON.stringify(body) }),
      });
      const text = await response.text();
      return { status: response.status, headers: response.headers, body: text === '' ? null : JSON.parse(text) };
    },
    signIn: async (identifier, password) =>
      (await wire.call<Tokens>('com.atproto.server.createSession', { body: { identifier, password } })).body,
  };
  return wire;
}
