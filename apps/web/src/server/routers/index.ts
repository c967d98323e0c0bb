import { router } from '../rpc.ts';
import { connectionsRouter } from './connections.ts';
import { eventsRouter } from './events.ts';
import { exemptionsRouter } from './exemptions.ts';
import { membersRouter } from './members.ts';
import { quotasRouter } from './quotas.ts';
import { shieldsRouter } from './shields.ts';
import { tenantsRouter } from './tenants.ts';
import { trailRouter } from './trail.ts';

export const appRouter = router({
  connections: connectionsRouter,
  events: eventsRouter,
  exemptions: exemptionsRouter,
  members: membersRouter,
  quotas: quotasRouter,
  shields: shieldsRouter,
  tenants: tenantsRouter,
  trail: trailRouter,
});
export type AppRouter = typeof appRouter;
