import { z } from 'zod';
import { ownProcedure, router } from '../rpc.ts';
import { endAllSessions, endOneSession, endOtherSessions, listSessions } from '../sign-in/sessions.ts';

const sessionInput = z.object({ id: z.uuid() });

export const sessionsRouter = router({
  list: ownProcedure.query(({ ctx }) => listSessions(ctx)),
  end: ownProcedure.input(sessionInput).mutation(({ ctx, input }) => endOneSession(ctx, input)),
  endOthers: ownProcedure.mutation(({ ctx }) => endOtherSessions(ctx)),
  endAll: ownProcedure.mutation(({ ctx }) => endAllSessions(ctx)),
});
