'use client';
import { QueryClientProvider } from '@tanstack/react-query';
import { createTRPCClient, httpBatchLink, httpSubscriptionLink, splitLink } from '@trpc/client';
import { type ReactNode, useState } from 'react';
import superjson from 'superjson';
import { MOST_CALLS } from '~/most-calls.ts';
import type { AppRouter } from '~/server/routers/index.ts';
import { StepUpDialog } from '~/step-up/step-up-dialog.tsx';
import { stepUpLink } from '~/step-up/step-up-link.ts';
import { StepUpContext, StepUpState } from '~/step-up/step-up-state.ts';
import { makeQueryClient } from './query-client.ts';
import { SessionState, SessionStateContext } from './session-state.ts';
import { TRPCProvider } from './trpc.ts';

const url = '/api/trpc';

function makeClient(stepUp: StepUpState) {
  return createTRPCClient<AppRouter>({
    links: [
      stepUpLink(stepUp.ask),
      splitLink({
        condition: (operation) => operation.type === 'subscription',
        true: httpSubscriptionLink({ url, transformer: superjson }),
        // What is asked travels in bodies: addresses end up in histories and logs.
        false: httpBatchLink({ url, transformer: superjson, methodOverride: 'POST', maxItems: MOST_CALLS }),
      }),
    ],
  });
}

/** What the console's screens need in the browser. */
export function Providers({ children }: { children: ReactNode }) {
  const [session] = useState(() => new SessionState());
  const [queryClient] = useState(() => makeQueryClient(session.tell));
  const [stepUp] = useState(() => new StepUpState());
  const [trpcClient] = useState(() => makeClient(stepUp));
  return (
    <SessionStateContext value={session}>
      <QueryClientProvider client={queryClient}>
        <TRPCProvider trpcClient={trpcClient} queryClient={queryClient}>
          <StepUpContext value={stepUp}>
            {children}
            <StepUpDialog />
          </StepUpContext>
        </TRPCProvider>
      </QueryClientProvider>
    </SessionStateContext>
  );
}
