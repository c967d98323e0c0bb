import { router } from '../rpc.ts';
import { connectionsRouter } from './connections.ts';
import { eventsRouter } from './events.ts';
import { exemptionsRouter } from './exemptions.ts';
import { quotasRouter } from './quotas.ts';
import { sessionsRouter } from './sessions.ts';
import { shieldsRouter } from './shields.ts';

export const appRouter = router({
  connections: connectionsRouter,
  events: eventsRouter,
  exemptions: exemptionsRouter,
  quotas: quotasRouter,
  sessions: sessionsRouter,
  shields: shieldsRouter,
});
export type AppRouter = typeof appRouter;
