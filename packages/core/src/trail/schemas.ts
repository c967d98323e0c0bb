import { z } from 'zod';
import { type About, ACTOR_KINDS, type ActorKind, AUDIT_GROUPS, type AuditAction } from '../audit/schemas.ts';

/** Inputs and views of the trail. Safe for the browser. */

/** A moment that the database can hold, and a number. */
const moment = z.coerce.date().min(new Date('0001-01-01T00:00:00Z')).max(new Date('9999-12-31T23:59:59Z'));
const MOST = 2n ** 63n - 1n;
const number = z
  .string()
  .regex(/^\d{1,19}$/)
  .refine((digits) => /^\d{1,19}$/.test(digits) && BigInt(digits) <= MOST);

const filter = z.object({
  actorKind: z.enum(ACTOR_KINDS).nullable(),
  group: z.enum(AUDIT_GROUPS).nullable(),
  /** From this moment on, and before that one. */
  from: moment.nullable(),
  to: moment.nullable(),
});
export type TrailFilter = z.infer<typeof filter>;

const place = z.object({ at: moment, xid: number, id: z.uuid() });

export const readTrailInput = filter.extend({
  /** The last row of the page before. */
  before: place.nullable(),
});
export const countNewerInput = filter.extend({
  /** The newest row that is shown; null when none is. */
  after: place.nullable(),
});
export const EXPORT_FORMATS = ['csv', 'json'] as const;
export const exportTrailInput = filter.extend({ format: z.enum(EXPORT_FORMATS) });

/** One thing that somebody did. */
export type TrailEntry = {
  id: string;
  at: Date;
  actorKind: ActorKind;
  /** Null for Secateur itself, for staff, and where it was erased. */
  actorName: string | null;
  isYou: boolean;
  action: AuditAction;
  about: About;
  subjectId: string | null;
  /** What the subject is called now; null where it is called nothing, or is gone. */
  subjectName: string | null;
  /** How many blocks and mutes, people or places it was about. */
  count: number;
};
/** Where a row stands: by its time, then by its transaction. */
export type TrailPlace = z.output<typeof place>;
export type TrailPage = {
  items: TrailEntry[];
  /** Where the newest of them stands; null when there are none. */
  newest: TrailPlace | null;
  /** Where the next page begins; null when there is none. */
  next: TrailPlace | null;
};
/** How many rows are newer than what is shown, and whether there are more than were counted. */
export type Newer = { count: number; more: boolean };
