import type { Client } from './client.ts';

/** What a call has to carry beside what it asks. */
export type CallOptions = { headers?: Record<string, string> };

/** Calls for one account, with a session that is renewed when it has run out. */
export type Access = {
  readonly did: string;
  /** Runs `call` as the account; when its session has run out, once more with a renewed one. */
  use<T>(attempt: { write: boolean }, call: (client: Client, options: CallOptions) => Promise<T>): Promise<T>;
  /** Runs a call that needs no session, at the account's server. */
  open<T>(call: (client: Client) => Promise<T>): Promise<T>;
  renew(): Promise<void>;
  giveBack(): Promise<void>;
};
