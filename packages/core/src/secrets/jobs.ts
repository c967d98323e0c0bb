import { defineJob } from '@secateur/queue';
import { z } from 'zod';

/** Wraps a tenant's keys by the current key, renews old ones, and seals anew what is under superseded ones. */
export const tendKeysJob = defineJob({
  name: 'secrets.tend',
  lane: 'background',
  payload: z.object({ tenantId: z.uuid() }),
  key: (p) => `tend:${p.tenantId}`,
});
