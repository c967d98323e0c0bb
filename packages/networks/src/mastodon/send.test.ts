import { expect, test } from 'vitest';
import type { GuardedFetch } from '../http/index.ts';
import { type Gate, NetworkError } from '../port.ts';
import { sender } from './send.ts';

function setUp(refuse: 'all' | 'pages' | null = null) {
  const seen: string[] = [];
  const gateOf = (name: 'all' | 'pages'): Gate => ({
    async pass(host) {
      seen.push(`${name} ${host}`);
      if (refuse === name) throw new NetworkError('limited', { until: new Date() });
    },
  });
  const fetch: GuardedFetch = Object.assign(
    async (url: URL, { headers }: { headers?: Headers | Record<string, string> }) => {
      seen.push(`sent ${url.pathname}`);
      return Response.json({ sent: { ...headers } });
    },
    { close: async () => {} },
  );
  return { seen, send: sender(fetch, { gate: gateOf('all'), pagingGate: gateOf('pages') }) };
}

const url = (query: string) => new URL(`https://one.example/x${query}`);

test('a request without a token asks first, one for a further page twice', async () => {
  const { seen, send } = setUp();
  await send(url(''));
  await send(url('?max_id=7'));
  expect(seen).toEqual(['all one.example', 'sent /x', 'pages one.example', 'all one.example', 'sent /x']);
});

test('a token is counted by itself, and by its server', async () => {
  const { seen, send } = setUp();
  const answer: unknown = await (await send(url('?max_id=7'), { token: 'secret' })).json();
  expect(answer).toMatchObject({ sent: { authorization: 'Bearer secret' } });
  expect(seen).toEqual(['sent /x']);
});

test.each(['all', 'pages'] as const)('what the gate for %s refuses is not sent', async (which) => {
  const { seen, send } = setUp(which);
  await expect(send(url('?max_id=7'))).rejects.toMatchObject({ problem: 'limited' });
  expect(seen).not.toContain('sent /x');
});
