import { handOut } from '~/server/hand-out.ts';

export const dynamic = 'force-dynamic';

/** The tenant's trail as a file. */
export function POST(request: Request): Promise<Response> {
  return handOut(request, (caller, input) => caller.activity(input));
}
