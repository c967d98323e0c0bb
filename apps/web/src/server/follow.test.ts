import { newId, Refusal, systemClock } from '@secateur/base';
import type { MemberContext } from '@secateur/core/context';
import { record } from '@secateur/core/events';
import { welcome } from '@secateur/core/tenants';
import { createDb, type Db, withTenant } from '@secateur/db';
import { freshDatabase, type TestDatabase } from '@secateur/testing';
import { TRPCError } from '@trpc/server';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { VISITOR } from './fixtures/world.ts';
import { follow } from './follow.ts';
import { Relay } from './relay.ts';
import { SessionWatch } from './sign-in/session-watch.ts';
import { endAllSessions } from './sign-in/sessions.ts';
import { startSession } from './sign-in/start-session.ts';
import { MOST_STREAMS, Streams } from './streams.ts';

let database: TestDatabase;
let db: Db;
beforeAll(async () => {
  database = await freshDatabase();
  db = createDb(database.web);
});
afterAll(async () => {
  await db.close();
  await database.close();
});

async function member(): Promise<MemberContext & { session: { id: string } }> {
  const user = await db.prisma.user.create({ data: { email: `${newId()}@example.org` } });
  const context = { prisma: db.prisma, clock: systemClock };
  const actor = await welcome(context, user.id, 'Sam');
  const as = { userId: user.id, how: 'mail', visitor: VISITOR } as const;
  return {
    ...context,
    actor,
    session: await startSession(
      { ...context, origin: 'http://localhost', notify: async () => ({ sent: 0, failed: 0 }) },
      as,
    ),
  };
}

/** Says that a subject of the member's tenant changed. Returns the subject. */
async function tell({ actor }: MemberContext, subjectId = newId()): Promise<string> {
  await withTenant(db.prisma, actor.tenantId, (tx) =>
    record(tx, actor.tenantId, new Date(), [{ kind: 'shield', subjectId }]),
  );
  return subjectId;
}

function open(
  ctx: MemberContext & { session: { id: string } },
  lastEventId: string | null = null,
  streams = new Streams(),
) {
  const relay = new Relay(ctx, { error: () => {} });
  const sessionWatch = new SessionWatch(db.prisma, { error: () => {} });
  const ending = new AbortController();
  const left = new AbortController();
  const stream = follow({ ...ctx, relay, sessionWatch, streams, ending: ending.signal }, lastEventId, left.signal);
  // That the trail grew, by the member's coming or the session's end, is told whenever everybody can see it.
  const next = async () => {
    for (;;) {
      const told = (await stream.next()).value;
      if (told?.event.kind !== 'trail') return told;
    }
  };
  return { next, ending, left };
}

test('a page that opens is told to read everything, then what changes, and only its own', async () => {
  const [mine, other] = [await member(), await member()];
  const { next, left } = open(mine);
  expect((await next())?.event).toEqual({ kind: 'resync', subjectId: null });
  await tell(other);
  const subject = await tell(mine);
  expect((await next())?.event).toEqual({ kind: 'shield', subjectId: subject });
  left.abort();
});

test('a page that comes back is told what it missed, once and in order', async () => {
  const ctx = await member();
  const first = open(ctx);
  await first.next();
  await tell(ctx);
  const seen = await first.next();
  first.left.abort();
  const missed = [await tell(ctx), await tell(ctx)];
  const again = open(ctx, seen?.position);
  const told = [await again.next(), await again.next()];
  const later = await tell(ctx);
  told.push(await again.next());
  again.left.abort();
  expect(told.map((one) => one?.event.subjectId)).toEqual([...missed, later]);
});

test('one that missed too much, or comes with nonsense, reads everything', async () => {
  const ctx = await member();
  const { next, left } = open(ctx, 'nonsense');
  const start = await next();
  expect(start?.event.kind).toBe('resync');
  const many = Array.from({ length: 201 }, () => ({ kind: 'shield' as const, subjectId: newId() }));
  await withTenant(db.prisma, ctx.actor.tenantId, (tx) => record(tx, ctx.actor.tenantId, new Date(), many));
  // Told only once every older transaction of the server has ended, those of other databases among them.
  for (const { subjectId } of many) expect((await next())?.event.subjectId).toBe(subjectId);
  left.abort();
  const again = open(ctx, start?.position);
  expect((await again.next())?.event.kind).toBe('resync');
  again.left.abort();
});

test('when the process is to end, streams fail in the way that makes browsers come back', async () => {
  const { next, ending } = open(await member());
  await next();
  const waiting = next();
  ending.abort();
  const failure: unknown = await waiting.catch((error: unknown) => error);
  expect(failure).toBeInstanceOf(TRPCError);
  expect(failure).toMatchObject({ code: 'SERVICE_UNAVAILABLE' });
});

test('when a session is ended its streams end and say that nobody is signed in, and no other does', async () => {
  const [mine, other] = [await member(), await member()];
  const [first, second, foreign] = [open(mine), open(mine), open(other)];
  for (const { next } of [first, second, foreign]) await next();
  const waiting = [first, second].map(({ next }) => next().catch((error: unknown) => error));
  await endAllSessions({ ...mine, user: { id: mine.actor.userId } });
  for (const failure of await Promise.all(waiting)) {
    expect(failure).toBeInstanceOf(Refusal);
    expect(failure).toMatchObject({ problem: 'not_signed_in' });
  }
  const subject = await tell(other);
  expect((await foreign.next())?.event.subjectId).toBe(subject);
  foreign.left.abort();
});

test('a page that leaves ends its stream quietly', async () => {
  const { next, left } = open(await member());
  await next();
  const waiting = next();
  left.abort();
  expect(await waiting).toBeUndefined();
});

test('of too many streams of one session the oldest ends and says why; another session’s go on', async () => {
  const [mine, other] = [await member(), await member()];
  const streams = new Streams();
  const foreign = open(other, null, streams);
  await foreign.next();
  const opened = Array.from({ length: MOST_STREAMS }, () => open(mine, null, streams));
  for (const { next } of opened) await next();
  const [oldest, second] = opened;
  const waiting = oldest?.next().catch((error: unknown) => error);
  const last = open(mine, null, streams);
  await last.next();
  expect(await waiting).toMatchObject({ problem: 'too_many_tries' });
  const subject = await tell(mine);
  for (const one of [second, last]) expect((await one?.next())?.event.subjectId).toBe(subject);
  const theirs = await tell(other);
  expect((await foreign.next())?.event.subjectId).toBe(theirs);
  for (const { left } of [...opened, last, foreign]) left.abort();
});

test('a stream that was left makes room', () => {
  const streams = new Streams();
  let ended = 0;
  const end = () => {
    ended += 1;
  };
  for (let i = 0; i < 3 * MOST_STREAMS; i++) streams.enter('one', end)();
  expect(ended).toBe(0);
});
