import { z } from 'zod';

/** Inputs and views of the allow list. Safe for the browser. */

export const allowInput = z.object({ profileId: z.uuid() });
export type AllowedView = { profileId: string; handle: string; displayName: string | null; addedAt: Date };
