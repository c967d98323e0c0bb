import { defineJob } from '@secateur/queue';
import { z } from 'zod';

/** Lists on in a public crowd, for whoever needs it. */
export const listAudienceJob = defineJob({
  name: 'audiences.list',
  lane: 'standard',
  payload: z.object({ audienceId: z.uuid() }),
  key: (p) => `list:${p.audienceId}`,
});

/** Looks again at a crowd that was listed before, for the shields that keep up with it. */
export const lookAgainJob = defineJob({
  name: 'audiences.look-again',
  lane: 'background',
  payload: z.object({ audienceId: z.uuid() }),
  key: (p) => `look:${p.audienceId}`,
});
