import { defineJob } from '@secateur/queue';
import { z } from 'zod';

const shield = z.object({ tenantId: z.uuid(), shieldId: z.uuid() });

/** Finds out whom a preview is about, and begins to list the crowd. */
export const preparePreviewJob = defineJob({
  name: 'shields.prepare-preview',
  lane: 'critical',
  payload: shield,
  key: (p) => `preview:${p.shieldId}`,
});

/** Counts whom a preview of several crowds means, as they come in. */
export const countPreviewJob = defineJob({
  name: 'shields.count-preview',
  lane: 'standard',
  payload: shield,
  key: (p) => `count:${p.shieldId}`,
});

/** Asks for what the rules of a raised shield go by and lists don't tell. */
export const describeCrowdJob = defineJob({
  name: 'shields.describe',
  lane: 'standard',
  payload: shield,
  key: (p) => `describe:${p.shieldId}`,
});

/** Turns what is listed of a raised shield's crowd into targets and effects. */
export const planShieldJob = defineJob({
  name: 'shields.plan',
  lane: 'standard',
  payload: shield,
  key: (p) => `plan:${p.shieldId}`,
});

/** Ends the covers of a shield that was undone or cancelled, chunk by chunk. */
export const unwindShieldJob = defineJob({
  name: 'shields.unwind',
  lane: 'critical',
  payload: shield,
  key: (p) => `unwind:${p.shieldId}`,
});

/** Covers whoever joined a holding shield's crowds since they were planned. */
export const keepUpJob = defineJob({
  name: 'shields.keep-up',
  lane: 'background',
  payload: shield,
  key: (p) => `keep-up:${p.shieldId}`,
});
