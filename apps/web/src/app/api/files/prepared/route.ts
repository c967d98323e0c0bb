import { door } from '~/server/door/door.ts';
import { DOORS } from '~/server/door/rules.ts';
import { handOut } from '~/server/hand-out.ts';

export const dynamic = 'force-dynamic';

/** Whom a preview means on X, as a list for an extension in the member's own browser. */
export const POST = door(DOORS.calls, (request) => handOut(request, (caller, input) => caller.prepared(input)));
