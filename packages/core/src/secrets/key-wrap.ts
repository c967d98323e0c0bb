/**
 * Who wraps the tenants' keys: the workers' environment, or a key management service. Asynchronous, since a service is
 * asked over the network. What it wraps with never leaves it.
 */
export type KeyWrap = {
  /** The key that wraps now. */
  readonly id: string;
  /** Whether a key of that name is there to unwrap with. */
  knows(id: string): boolean;
  /** Wraps under the current key, for `aad` only. */
  wrap(plain: Uint8Array, aad: Uint8Array): Promise<Uint8Array<ArrayBuffer>>;
  /** Unwraps what the key called `id` wrapped. Throws SecretUnreadable `no_key` when it is not there or not that key. */
  unwrap(id: string, wrapped: Uint8Array, aad: Uint8Array): Promise<Uint8Array<ArrayBuffer>>;
};
