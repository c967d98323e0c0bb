import { door } from '~/server/door/door.ts';
import { DOORS } from '~/server/door/rules.ts';
import { handOut } from '~/server/hand-out.ts';

export const dynamic = 'force-dynamic';

/** What a filter shows of the ledger, as a file. */
export const POST = door(DOORS.calls, (request) => handOut(request, (caller, input) => caller.ledger(input)));
