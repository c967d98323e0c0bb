import { defineJob } from '@secateur/queue';
import { z } from 'zod';

/** Lists on in a public crowd, for whoever needs it. */
export const listAudienceJob = defineJob({
  name: 'audiences.list',
  lane: 'standard',
  payload: z.object({ audienceId: z.uuid() }),
  key: (p) => `list:${p.audienceId}`,
});
