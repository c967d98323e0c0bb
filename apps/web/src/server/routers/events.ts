import { guardStream } from '@secateur/rpc';
import { tracked } from '@trpc/server';
import { z } from 'zod';
import { follow } from '../follow.ts';
import { memberProcedure, router } from '../rpc.ts';

const followInput = z.object({ lastEventId: z.string().max(50).nullish() });

export const eventsRouter = router({
  follow: memberProcedure.input(followInput).subscription(async function* ({ ctx, input, signal, path }) {
    const events = guardStream(follow(ctx, input.lastEventId ?? null, signal), path, ctx.log);
    for await (const { position, event } of events) {
      yield tracked(position, event);
    }
  }),
});
