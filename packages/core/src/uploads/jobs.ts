import { defineJob } from '@secateur/queue';
import { z } from 'zod';

/** Looks on for the accounts that a file names; later throws one away that nobody used. */
export const readUploadJob = defineJob({
  name: 'uploads.read',
  lane: 'standard',
  payload: z.object({ tenantId: z.uuid(), uploadId: z.uuid() }),
  key: (p) => `upload:${p.uploadId}`,
});
