import { router } from '../rpc.ts';
import { connectionsRouter } from './connections.ts';
import { contactRouter } from './contact.ts';
import { deletionRouter } from './deletion.ts';
import { eventsRouter } from './events.ts';
import { exemptionsRouter } from './exemptions.ts';
import { ledgerRouter } from './ledger.ts';
import { linksRouter } from './links.ts';
import { listsRouter } from './lists.ts';
import { membersRouter } from './members.ts';
import { passkeysRouter } from './passkeys.ts';
import { quotasRouter } from './quotas.ts';
import { sessionsRouter } from './sessions.ts';
import { shieldsRouter } from './shields.ts';
import { signInRouter } from './sign-in.ts';
import { spendingRouter } from './spending.ts';
import { stepUpRouter } from './step-up.ts';
import { tenantsRouter } from './tenants.ts';
import { trailRouter } from './trail.ts';
import { uploadsRouter } from './uploads.ts';
import { waysRouter } from './ways.ts';

export const appRouter = router({
  connections: connectionsRouter,
  contact: contactRouter,
  deletion: deletionRouter,
  events: eventsRouter,
  exemptions: exemptionsRouter,
  ledger: ledgerRouter,
  links: linksRouter,
  lists: listsRouter,
  members: membersRouter,
  passkeys: passkeysRouter,
  quotas: quotasRouter,
  spending: spendingRouter,
  sessions: sessionsRouter,
  shields: shieldsRouter,
  signIn: signInRouter,
  stepUp: stepUpRouter,
  tenants: tenantsRouter,
  trail: trailRouter,
  uploads: uploadsRouter,
  ways: waysRouter,
});
export type AppRouter = typeof appRouter;
