import { PROBLEMS, Refusal } from '@secateur/base';
import { TRPCError } from '@trpc/server';
import { fetchRequestHandler } from '@trpc/server/adapters/fetch';
import { getHTTPStatusCodeFromError } from '@trpc/server/http';
import { expect, test } from 'vitest';
import { z } from 'zod';
import { CODES } from './codes.ts';
import type { RpcContext } from './context.ts';
import { guardStream } from './guard-stream.ts';
import { createRpc } from './rpc.ts';
import { isStorable } from './storable.ts';
import { translate, viewOf } from './translate.ts';

type Logged = { fields: Record<string, unknown>; message: string };

function world(over: Partial<RpcContext<string>> = {}) {
  const logged: Logged[] = [];
  const rpc = createRpc<string, RpcContext<string>>();
  const router = rpc.router({
    open: rpc.publicProcedure.query(() => 'open'),
    mine: rpc.signedInProcedure.query(({ ctx }) => ctx.user.id),
    ours: rpc.memberProcedure.query(({ ctx }) => ctx.actor),
    refuse: rpc.publicProcedure.query(() => {
      throw new Refusal('crowd_too_large', { most: 7 });
    }),
    fail: rpc.publicProcedure.query(() => {
      throw new Error('password=hunter2');
    }),
    number: rpc.publicProcedure.input(z.object({ n: z.number() })).query(({ input }) => input.n),
  });
  const context: RpcContext<string> = {
    user: null,
    actorOf: async () => null,
    log: { error: (fields, message) => logged.push({ fields, message }) },
    ...over,
  };
  return { logged, router, context, caller: rpc.createCallerFactory(router)(context) };
}

async function errorOf(call: Promise<unknown>): Promise<TRPCError> {
  const error = await call.then(
    () => null,
    (thrown: unknown) => thrown,
  );
  if (!(error instanceof TRPCError)) throw new Error('expected a TRPCError');
  return error;
}

test('anybody may call what is open', async () => {
  expect(await world().caller.open()).toBe('open');
});

test('a stranger is told that they are not signed in', async () => {
  const error = await errorOf(world().caller.ours());
  expect([error.code, viewOf(error).problem]).toEqual(['UNAUTHORIZED', 'not_signed_in']);
});

test('somebody without a tenant is not allowed to act', async () => {
  const error = await errorOf(world({ user: { id: 'u', email: null } }).caller.ours());
  expect([error.code, viewOf(error).problem]).toEqual(['FORBIDDEN', 'not_allowed']);
});

test('a member acts in their tenant', async () => {
  const { caller } = world({ user: { id: 'u', email: null }, actorOf: async (id) => `${id} in their tenant` });
  expect(await caller.mine()).toBe('u');
  expect(await caller.ours()).toBe('u in their tenant');
});

test('a refusal keeps its problem and its data, and is not logged', async () => {
  const { caller, logged } = world();
  const error = await errorOf(caller.refuse());
  expect(viewOf(error)).toMatchObject({ problem: 'crowd_too_large', data: { most: 7 }, faultId: null });
  expect(logged).toEqual([]);
});

test('refused input names its fields', async () => {
  const error = await errorOf(world().caller.number({ n: 'seven' } as never));
  expect(viewOf(error)).toMatchObject({ problem: 'invalid_input', fields: ['n'] });
});

test('what nobody expected is logged with its cause and shown as an id', async () => {
  const { caller, logged } = world();
  const error = await errorOf(caller.fail());
  const { faultId } = viewOf(error);
  expect(error.message).toBe('fault');
  expect(logged).toHaveLength(1);
  expect(logged[0]?.fields).toMatchObject({ fault: faultId, path: 'fail' });
  expect(String(logged[0]?.fields.err)).toContain('hunter2');
});

test('every problem has a code that is not the one of faults', () => {
  for (const problem of PROBLEMS) {
    const cause = new Refusal(problem);
    const error = translate(new TRPCError({ code: 'INTERNAL_SERVER_ERROR', cause }), 'p', { error: () => {} });
    expect(error.code).toBe(CODES[problem]);
    expect(getHTTPStatusCodeFromError(error)).toBeLessThan(502);
    expect(error.code).not.toBe('INTERNAL_SERVER_ERROR');
  }
});

async function firstError(stream: AsyncIterable<unknown>): Promise<TRPCError> {
  return errorOf(
    (async () => {
      for await (const _ of stream);
    })(),
  );
}

test('a stream that breaks is logged like a call; one that is ended on purpose is not', async () => {
  const { logged } = world();
  const log = { error: (fields: Record<string, unknown>, message: string) => logged.push({ fields, message }) };
  async function* broken() {
    yield 1;
    throw new Error('the database is gone');
  }
  async function* ended() {
    yield 1;
    throw new TRPCError({ code: 'SERVICE_UNAVAILABLE' });
  }
  expect(viewOf(await firstError(guardStream(broken(), 's', log))).faultId).not.toBeNull();
  expect(logged).toHaveLength(1);
  expect((await firstError(guardStream(ended(), 's', log))).code).toBe('SERVICE_UNAVAILABLE');
  expect(logged).toHaveLength(1);
});

test.each([
  ['a NUL', { n: 'a\0b' }],
  ['half a character', { list: [{ deep: '\ud83d' }] }],
  ['a NUL in a name', { 'a\0': 1 }],
  ['half a character in a set', { of: new Set(['\udc00']) }],
])('%s is refused like any input that isn’t right, and nothing is logged', async (_, input) => {
  const { caller, logged } = world();
  const error = await errorOf(caller.number(input as never));
  expect([error.code, viewOf(error).problem]).toEqual(['BAD_REQUEST', 'invalid_input']);
  expect(viewOf(error).fields).toEqual([]);
  expect(logged).toEqual([]);
});

test('thousands of brackets in each other are looked through, and whole characters pass', async () => {
  let deep: unknown = 'whole 🌲';
  for (let i = 0; i < 50_000; i++) deep = [deep];
  expect(isStorable(deep)).toBe(true);
  expect(isStorable([deep, '\ud83d'])).toBe(false);
});

test('a body that is no JSON is refused the same way', async () => {
  const { router, context, logged } = world();
  const answer = await fetchRequestHandler({
    endpoint: '/rpc',
    router,
    createContext: () => context,
    req: new Request('http://here.test/rpc/number', {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: new Uint8Array([123, 255, 254]),
    }),
    allowMethodOverride: true,
  });
  expect(answer.status).toBe(400);
  expect(await answer.text()).toContain('invalid_input');
  expect(logged).toEqual([]);
});
