import { defineJob } from '@secateur/queue';
import { z } from 'zod';

/** One turn of one network account: what is due there, in the network's own batches. */
export const actJob = defineJob({
  name: 'effects.act',
  lane: 'standard',
  payload: z.object({ tenantId: z.uuid(), accountId: z.uuid() }),
  key: (p) => `act:${p.accountId}`,
});
