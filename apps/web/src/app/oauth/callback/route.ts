import { problemOf } from '@secateur/base';
import { answerFlow } from '@secateur/core/oauth';
import { deps } from '~/deps.ts';
import { env } from '~/env.ts';
import { door } from '~/server/door/door.ts';
import { DOORS } from '~/server/door/rules.ts';
import { browserOf } from '~/server/oauth/browser-cookie.ts';

export const dynamic = 'force-dynamic';

/**
 * Where a network's server sends the browser back to. On somebody's own machine that is 127.0.0.1, which has none of our
 * cookies, so it goes on from there to the app's own name first.
 */
export const GET = door(DOORS.open, async (request) => {
  const home = new URL(env().AUTH_URL);
  const { pathname, search } = new URL(request.url);
  if (request.headers.get('host') !== home.host) return seeOther(new URL(`${pathname}${search}`, home));
  const { db, clock, calls } = deps();
  return calls.run(async () => {
    try {
      const context = { prisma: db.prisma, clock, browser: await browserOf(), sealingKey: env().SEALING_PUBLIC_KEY };
      const { id } = await answerFlow(context, search.slice(1));
      return seeOther(new URL(`/network/${id}`, home));
    } catch (error) {
      if (problemOf(error) === null) throw error;
      return seeOther(new URL('/network/lost', home));
    }
  });
});

/** The address that leads here holds a code: it is told to nobody. */
function seeOther(to: URL): Response {
  return new Response(null, {
    status: 303,
    headers: { location: to.href, 'referrer-policy': 'no-referrer', 'cache-control': 'no-store' },
  });
}
