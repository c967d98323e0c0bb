import { problemOf } from '@secateur/base';
import { deps } from '~/deps.ts';
import { env } from '~/env.ts';
import { browserOf } from '~/server/oauth/browser-cookie.ts';
import { nextStep } from '~/server/oauth/next-step.ts';
import { isOurOwn } from '~/server/own-request.ts';

export const dynamic = 'force-dynamic';

type Params = { params: Promise<{ id: string }> };

/** What the page that waits for a network is to do next. Signs in, so it is asked for by pages of ours only. */
export async function POST(request: Request, { params }: Params): Promise<Response> {
  if (!isOurOwn(request, new URL(env().AUTH_URL).origin)) return new Response(null, { status: 403 });
  const { db, clock, calls } = deps();
  const { id } = await params;
  return calls.run(async () => {
    const context = { prisma: db.prisma, clock, browser: await browserOf() };
    try {
      return Response.json(await nextStep(context, id, request.signal));
    } catch (error) {
      const problem = problemOf(error);
      if (problem === null) throw error;
      return Response.json({ problem, connects: false });
    }
  });
}
