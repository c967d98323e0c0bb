import { defineJob } from '@secateur/queue';
import { z } from 'zod';

/** Drains a connection that leaves: withdraws, lifts or lets go of what it holds, then erases its credentials. */
export const drainConnectionJob = defineJob({
  name: 'connections.drain',
  lane: 'standard',
  payload: z.object({ tenantId: z.uuid(), connectionId: z.uuid() }),
  key: (p) => `drain:${p.connectionId}`,
});
