import type { TRPCLink } from '@trpc/client';
import { observable } from '@trpc/server/observable';
import type { AppRouter } from '~/server/routers/index.ts';
import { askedBy } from './asked-by.ts';
import type { Asked } from './step-up-state.ts';

/**
 * Repeats a call that needs more than a session, once somebody has confirmed on the page that it is them: what was typed
 * is in the call, so nothing of it is lost. Who doesn't confirm it gets the refusal.
 */
export function stepUpLink(ask: (asked: Asked) => Promise<boolean>): TRPCLink<AppRouter> {
  return () =>
    ({ op, next }) =>
      observable((observer) => {
        let current = { unsubscribe: () => {} };
        let left = false;
        const run = (again: boolean) => {
          current = next(op).subscribe({
            next: (value) => observer.next(value),
            complete: () => observer.complete(),
            error(error) {
              const asked = again ? null : askedBy(error);
              if (!asked) {
                observer.error(error);
                return;
              }
              void ask(asked).then((confirmed) => {
                if (left) return;
                if (confirmed) run(true);
                else observer.error(error);
              });
            },
          });
        };
        run(false);
        return () => {
          left = true;
          current.unsubscribe();
        };
      });
}
