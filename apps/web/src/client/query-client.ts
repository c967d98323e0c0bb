import { MutationCache, QueryCache, QueryClient } from '@tanstack/react-query';
import { isSignedOut, troubleOf } from './trouble.ts';

/** Milliseconds for which an answer is shown without asking again; the stream tells of changes sooner. */
const FRESH = 5_000;
/** Tries beyond the first, where nobody answered. */
const TRIES = 2;

/** The browser's memory of answers. `tell` hears whether the session turned out to be over or alive. */
export function makeQueryClient(tell: (signedOut: boolean) => void): QueryClient {
  const onError = (error: unknown) => {
    if (isSignedOut(error)) tell(true);
  };
  return new QueryClient({
    queryCache: new QueryCache({ onError, onSuccess: () => tell(false) }),
    mutationCache: new MutationCache({ onError }),
    defaultOptions: {
      queries: {
        staleTime: FRESH,
        retry: (count, error) => troubleOf(error).kind === 'unreachable' && count < TRIES,
      },
    },
  });
}
