import type { Ask, Client } from './client.ts';
import { toNetworkError } from './errors.ts';

/** Asks as our app, and reads the answer. */
export type Asking = <T>(call: (client: Client) => Promise<unknown>, reading: (data: unknown) => T) => Promise<T>;

export function askingAs({ ask, bearer, now }: { ask: Ask; bearer: string; now(): Date }): Asking {
  return async (call, reading) => {
    try {
      return reading((await ask({ kind: 'app', token: bearer }, call)).data);
    } catch (error) {
      throw toNetworkError(error, { write: false, now: now(), allowed: null });
    }
  };
}
