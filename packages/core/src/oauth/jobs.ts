import { defineJob } from '@secateur/queue';
import { z } from 'zod';

const flow = z.object({ flowId: z.uuid() });

/** Asks the account's server where the browser is to go. Somebody waits for it. */
export const sendOffJob = defineJob({
  name: 'oauth.send-off',
  lane: 'critical',
  payload: flow,
  key: (p) => `send-off:${p.flowId}`,
});

/** Takes what the browser brought back to that server, and learns whose the account is. */
export const finishFlowJob = defineJob({
  name: 'oauth.finish',
  lane: 'critical',
  payload: flow,
  key: (p) => `finish-flow:${p.flowId}`,
});

/** Makes a connection of what somebody consented to who has signed in by it. */
export const keepProvenJob = defineJob({
  name: 'oauth.keep',
  lane: 'critical',
  payload: flow,
  key: (p) => `keep-proven:${p.flowId}`,
});
