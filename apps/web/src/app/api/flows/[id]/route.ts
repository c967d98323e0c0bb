import { problemOf } from '@secateur/base';
import { z } from 'zod';
import { deps } from '~/deps.ts';
import { env } from '~/env.ts';
import { door, refusal } from '~/server/door/door.ts';
import { DOORS } from '~/server/door/rules.ts';
import { browserOf } from '~/server/oauth/browser-cookie.ts';
import { nextStep } from '~/server/oauth/next-step.ts';
import { here } from '~/server/sign-in/here.ts';
import { setCookies, visitor } from '~/server/sign-in/visitor.ts';

export const dynamic = 'force-dynamic';

/** What the page that waits for a network is to do next. It may sign in, so only pages of ours ask. */
export const POST = door(DOORS.calls, async (request) => {
  const { db, clock, notify, calls } = deps();
  const id = new URL(request.url).pathname.split('/').at(-1) ?? '';
  if (!z.uuid().safeParse(id).success) return refusal('nothing here');
  return calls.run(async () => {
    const context = { prisma: db.prisma, clock, notify, origin: env().AUTH_URL, setCookies };
    const asking = { browser: await browserOf(), visitor: await visitor(), session: await here() };
    try {
      return Response.json(await nextStep({ ...context, ...asking }, id, request.signal));
    } catch (error) {
      const problem = problemOf(error);
      if (problem === null) throw error;
      return Response.json({ problem, connects: false });
    }
  });
});
