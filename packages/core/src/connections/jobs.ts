import { defineJob } from '@secateur/queue';
import { z } from 'zod';

const connection = z.object({ tenantId: z.uuid(), connectionId: z.uuid() });

/** Signs in with what a member gave, and finds out whose account it is. */
export const confirmConnectionJob = defineJob({
  name: 'connections.confirm',
  lane: 'critical',
  payload: connection,
  key: (p) => `confirm:${p.connectionId}`,
});

/** Tries a password that is to take the place of credentials which still work. */
export const renewConnectionJob = defineJob({
  name: 'connections.renew',
  lane: 'critical',
  payload: connection,
  key: (p) => `renew:${p.connectionId}`,
});

/** Goes on with an account whose owner moves it here, or forgets a proof that nobody made use of. */
export const moveConnectionJob = defineJob({
  name: 'connections.move',
  lane: 'standard',
  payload: connection,
  key: (p) => `move:${p.connectionId}`,
});

/** Looks after a session, so that it is not lost for lying idle. */
export const tendConnectionJob = defineJob({
  name: 'connections.tend',
  lane: 'background',
  payload: connection,
  key: (p) => `tend:${p.connectionId}`,
});

/**
 * What is read of an account: who follows and is followed, whom it writes to in public, whom those follow whom it follows, whom it
 * blocks and mutes.
 */
const READING_KINDS = ['people', 'talked', 'familiar', 'blocks', 'mutes'] as const;
export type ReadingKind = (typeof READING_KINDS)[number];

/** A reading's problem, in place of a Problem: an account's own server shows nobody whom it writes to. */
export const UNTOLD = 'untold';

/** Reads on in an account's own lists: its people, whom it talks with, its blocks or its mutes. */
export const readOwnJob = defineJob({
  name: 'connections.read-own',
  lane: 'standard',
  payload: z.object({ tenantId: z.uuid(), accountId: z.uuid(), kind: z.enum(READING_KINDS) }),
  key: (p) => `read:${p.kind}:${p.accountId}`,
});
