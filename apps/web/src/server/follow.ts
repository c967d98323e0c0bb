import { MINUTE, Refusal } from '@secateur/base';
import type { MemberContext } from '@secateur/core/context';
import { eventsHead, mayLearn, tenantEvents } from '@secateur/core/events';
import type { EventView } from '@secateur/core/events/schemas';
import { TRPCError } from '@trpc/server';
import { isAfter, type Position, parsePosition, printPosition } from './position.ts';
import type { Relay } from './relay.ts';
import type { SessionWatch } from './sign-in/session-watch.ts';
import type { Streams } from './streams.ts';

/** What a page is told: that a subject changed, or `resync`: that it can't be told what it missed. */
export type Told = EventView | { kind: 'resync'; subjectId: null };

/** A stream lives at least so long, in milliseconds; the spread keeps those that began together apart. */
const LIFE = 3.5 * MINUTE;
const SPREAD = MINUTE;
/** A page that missed more than this reads everything anew in place of one thing after another. */
const MOST_MISSED = 200;

type FollowContext = MemberContext & {
  relay: Relay;
  ending: AbortSignal;
  session: { id: string };
  sessionWatch: SessionWatch;
  streams: Streams;
};

/**
 * A tenant's events from `lastEventId` on, or from now, as far as this member may learn of them. The stream never ends by
 * itself: after some minutes, when the process is to end, and when the member's own standing changed, it fails in the way
 * that makes the browser open it again. When the session is over it fails like any call of somebody who isn't signed in, and
 * with `too_many_tries` when that session has opened too many since.
 */
export async function* follow(
  ctx: FollowContext,
  lastEventId: string | null,
  signal: AbortSignal | undefined,
): AsyncGenerator<{ position: string; event: Told }> {
  const life = AbortSignal.timeout(Math.round(LIFE + Math.random() * SPREAD));
  const over = new AbortController();
  const crowded = new AbortController();
  const end = AbortSignal.any([life, ctx.ending, over.signal, crowded.signal, ...(signal ? [signal] : [])]);
  const queue: (Position & EventView)[] = [];
  let wake = () => {};
  end.addEventListener('abort', () => wake(), { once: true });
  // Listening begins before what was missed is read, so that nothing falls between.
  const leave = await ctx.relay.listen(ctx.actor.tenantId, (row) => {
    queue.push(viewOf(row));
    wake();
  });
  const unwatch = ctx.sessionWatch.watch(ctx.session.id, () => over.abort());
  const close = ctx.streams.enter(ctx.session.id, () => crowded.abort());
  try {
    const since = parsePosition(lastEventId);
    const missed = since ? await tenantEvents(ctx, since.xid - 1n) : null;
    let last: Position;
    if (since && missed && missed.length <= MOST_MISSED) {
      last = since;
      queue.unshift(...missed.map(viewOf));
    } else {
      last = { xid: await eventsHead(ctx), id: 0n };
      yield { position: printPosition(last), event: { kind: 'resync', subjectId: null } };
    }
    while (!end.aborted) {
      const next = queue.shift();
      if (!next) {
        await new Promise<void>((settle) => {
          wake = settle;
          if (queue.length > 0 || end.aborted) settle();
        });
        continue;
      }
      if (!isAfter(next, last)) continue;
      last = next;
      if (!(await mayLearn(ctx, next))) continue;
      yield { position: printPosition(last), event: { kind: next.kind, subjectId: next.subjectId } };
      if (next.kind === 'member' && next.subjectId === ctx.actor.userId) break;
    }
  } finally {
    leave();
    unwatch();
    close();
  }
  if (crowded.signal.aborted) throw new Refusal('too_many_tries');
  if (over.signal.aborted) throw new Refusal('not_signed_in');
  if (!signal?.aborted) throw new TRPCError({ code: 'SERVICE_UNAVAILABLE' });
}

function viewOf({ xid, id, kind, subjectId }: Position & { kind: string; subjectId: string }): Position & EventView {
  return { xid, id, kind: kind as EventView['kind'], subjectId };
}
