import { door } from '~/server/door/door.ts';
import { DOORS } from '~/server/door/rules.ts';
import { takeIn } from '~/server/take-in.ts';

export const dynamic = 'force-dynamic';

/** A file of accounts that a member brings: what `uploads.add` is asked for, by a door that is wide enough. */
export const POST = door(DOORS.files, takeIn);
