import { defineJob } from '@secateur/queue';
import { z } from 'zod';

/** Brings a published list up to its shield, or clears one away that has ended. */
export const fillListJob = defineJob({
  name: 'sharing.fill',
  lane: 'standard',
  payload: z.object({ tenantId: z.uuid(), listId: z.uuid() }),
  key: (p) => `shared:${p.listId}`,
});

/** Brings a list that was taken from somebody up to theirs. */
export const syncSubscriptionJob = defineJob({
  name: 'sharing.sync',
  lane: 'standard',
  payload: z.object({ tenantId: z.uuid(), subscriptionId: z.uuid() }),
  key: (p) => `subscription:${p.subscriptionId}`,
});

/** Brings what somebody wrote to the lists that they are on. It delays nobody: it waits for a lull. */
export const deliverAppealJob = defineJob({
  name: 'sharing.appeal',
  lane: 'background',
  payload: z.object({ appealId: z.uuid() }),
  key: (p) => `appeal:${p.appealId}`,
});
