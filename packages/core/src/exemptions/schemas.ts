import { z } from 'zod';
import { CHOICES } from './policy/exempt.ts';

export { CALM_RULES, CHOICES, type Choice, type SpareReason } from './policy/exempt.ts';

/** Inputs and views of the allow list. Safe for the browser. */

export const allowInput = z.object({ profileId: z.uuid() });
export type AllowedView = { profileId: string; handle: string; displayName: string | null; addedAt: Date };

const choice = z.enum(CHOICES);

/** What a shield does about those whom a rule finds. More than `popularAbove` followers are many. */
export const rulesInput = {
  forFollows: choice,
  forFollowers: choice,
  forMutuals: choice,
  forTalked: choice,
  forVerified: choice,
  forPopular: choice,
  popularAbove: z.int().min(1).max(1_000_000_000),
};
