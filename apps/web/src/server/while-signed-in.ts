import { Refusal } from '@secateur/base';
import type { SessionWatch } from './sign-in/session-watch.ts';

type Watched = { session: { id: string }; sessionWatch: SessionWatch };

/** The same chunks, as long as the session lasts that asked for them. Throws the Refusal `not_signed_in` once it is over. */
export async function* whileSignedIn<T>(
  { session, sessionWatch }: Watched,
  chunks: AsyncIterable<T>,
): AsyncGenerator<T> {
  let over = false;
  const unwatch = sessionWatch.watch(session.id, () => {
    over = true;
  });
  try {
    for await (const chunk of chunks) {
      if (over) throw new Refusal('not_signed_in');
      yield chunk;
    }
  } finally {
    unwatch();
  }
}
