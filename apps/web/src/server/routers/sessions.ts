import { z } from 'zod';
import { router, signedInProcedure } from '../rpc.ts';
import { endAllSessions, endOneSession, endOtherSessions, listSessions } from '../sign-in/sessions.ts';

const sessionInput = z.object({ id: z.uuid() });

export const sessionsRouter = router({
  list: signedInProcedure.query(({ ctx }) => listSessions(ctx)),
  end: signedInProcedure.input(sessionInput).mutation(({ ctx, input }) => endOneSession(ctx, input)),
  endOthers: signedInProcedure.mutation(({ ctx }) => endOtherSessions(ctx)),
  endAll: signedInProcedure.mutation(({ ctx }) => endAllSessions(ctx)),
});
