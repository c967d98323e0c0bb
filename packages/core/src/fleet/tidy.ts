import { DAY } from '@secateur/base';
import type { Context } from '../context/index.ts';

/** Pages ask for what is; the history behind their streams is kept a week. */
const EVENTS_KEPT = 7 * DAY;
/** The longest window of any budget is a day. */
const SPENDS_KEPT = 2 * DAY;

/** Forgets what nothing reads any more. */
export async function tidy(ctx: Context): Promise<void> {
  const now = ctx.clock.now().getTime();
  await ctx.prisma.$executeRaw`SELECT across.forget_events(${new Date(now - EVENTS_KEPT)})`;
  await ctx.prisma.$executeRaw`DELETE FROM budget_spends WHERE bucket < ${new Date(now - SPENDS_KEPT)}`;
}
