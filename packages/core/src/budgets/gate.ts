import { MINUTE } from '@secateur/base';
import { type Gate, NetworkError } from '@secateur/networks/port';
import type { Context } from '../context/index.ts';
import { HOST_STRETCH, ordinaryShare } from './policy/index.ts';
import { allowedIn, spend } from './store.ts';

/** Requests from one of our addresses to one host: 3,000 in 5 minutes for all users together (docs.bsky.app, rate limits). */
export const HOST_ALLOWANCE = { seconds: 300, points: 3_000 } as const;
/** Requests that a process takes out of the ledger at once, so that it asks the database once for so many. */
const SLICE = 25;
/** A slice not used by then is forfeited. */
const SLICE_LIFE = MINUTE / 6;

export type GateOptions = {
  /** Which of a host's limits on us it counts, where there are several. */
  kind?: string;
  /** Which of our addresses this process calls from. */
  address: string;
  critical: boolean;
  allowance?: { seconds: number; points: number };
};

/**
 * The door before every request: one ledger per (our address, host) for all processes, taken in slices. Never lets more
 * through than the host's window allows; when it is spent throws NetworkError `limited` with the time it grows again.
 */
export function createGate(ctx: Context, options: GateOptions): Gate {
  const { seconds, points } = options.allowance ?? HOST_ALLOWANCE;
  const mine = { seconds, points: options.critical ? points : ordinaryShare(points) };
  const slices = new Map<string, { left: number; until: number }>();
  const asking = new Map<string, Promise<void>>();

  async function take(host: string, requests: number): Promise<void> {
    const now = ctx.clock.now();
    const scope = `host${options.kind ? `-${options.kind}` : ''}:${options.address}:${host}`;
    const want = Math.max(SLICE, requests);
    const granted = await ctx.prisma.$transaction(async (tx) => {
      await tx.$executeRaw`SELECT pg_advisory_xact_lock(hashtextextended(${scope}, 0))`;
      const { points: free, at } = await allowedIn(tx, scope, [mine], HOST_STRETCH, now, requests);
      if (free < requests) throw new NetworkError('limited', { until: at ?? new Date(now.getTime() + MINUTE) });
      const slice = Math.min(want, free);
      await spend(tx, scope, HOST_STRETCH, now, slice);
      return slice;
    });
    slices.set(host, { left: granted, until: now.getTime() + SLICE_LIFE });
  }

  return {
    async pass(host, requests) {
      for (;;) {
        const slice = slices.get(host);
        if (slice && slice.left >= requests && ctx.clock.now().getTime() < slice.until) {
          slice.left -= requests;
          return;
        }
        const others = asking.get(host);
        if (others) {
          await others;
          continue;
        }
        const mineNow = take(host, requests).finally(() => asking.delete(host));
        asking.set(host, mineNow);
        await mineNow;
      }
    },
  };
}
