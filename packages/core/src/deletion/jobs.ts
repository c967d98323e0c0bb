import { defineJob } from '@secateur/queue';
import { z } from 'zod';

/** Takes a tenant that is to be deleted a step further: lets its accounts go, destroys its keys, deletes its rows. */
export const eraseTenantJob = defineJob({
  name: 'tenants.erase',
  lane: 'standard',
  payload: z.object({ tenantId: z.uuid() }),
  key: (p) => `erase:${p.tenantId}`,
});
