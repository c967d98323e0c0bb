import { tracked } from '@trpc/server';
import { z } from 'zod';
import { follow } from '../follow.ts';
import { memberProcedure, router } from '../rpc.ts';

const followInput = z.object({ lastEventId: z.string().max(50).nullish() });

export const eventsRouter = router({
  follow: memberProcedure.input(followInput).subscription(async function* ({ ctx, input, signal }) {
    for await (const { position, event } of follow(ctx, input.lastEventId ?? null, signal)) {
      yield tracked(position, event);
    }
  }),
});
