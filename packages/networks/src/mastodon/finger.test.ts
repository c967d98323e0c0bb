import { expect, test } from 'vitest';
import { finger } from './finger.ts';
import { createHosts } from './hosts.ts';
import type { Send } from './send.ts';

type Told = { subject: string; self: string } | { to: string } | string;
const PATH = '/.well-known/webfinger';

/** Servers that answer as written; whatever else is asked is not found. */
function answering(told: Record<string, Told>): { find: ReturnType<typeof finger>; asked: string[] } {
  const asked: string[] = [];
  const send: Send = async (url) => {
    const key = `${url.host} ${url.searchParams.get('resource')}`;
    asked.push(key);
    const one = told[key];
    if (one === undefined || url.pathname !== PATH) return new Response('', { status: 404 });
    if (typeof one === 'string') return new Response(one, { headers: { 'content-type': 'text/html' } });
    if ('to' in one) return new Response('', { status: 301, headers: { location: one.to } });
    const links = [{ rel: 'self', type: 'application/activity+json', href: one.self }];
    return Response.json({ subject: one.subject, links }, { headers: { 'content-type': 'application/jrd+json' } });
  };
  return { find: finger(send, createHosts(false)), asked };
}

const ALICE = { subject: 'acct:alice@one.example', self: 'https://one.example/users/alice' };

test('one question is enough where domain and server are one', async () => {
  const { find, asked } = answering({ 'one.example acct:alice@one.example': ALICE });
  expect(await find.byHandle('alice', 'one.example')).toMatchObject({ uri: ALICE.self, domain: 'one.example' });
  expect(asked).toHaveLength(1);
});

const SPLIT = { subject: 'acct:alice@one.example', self: 'https://social.one.example/users/alice' };

test('a domain whose server is elsewhere: both have to agree, whichever is asked', async () => {
  const { find } = answering({
    'one.example acct:alice@one.example': {
      to: `https://social.one.example${PATH}?resource=acct:alice@one.example`,
    },
    'social.one.example acct:alice@one.example': SPLIT,
    'social.one.example acct:alice@social.one.example': SPLIT,
    [`social.one.example ${SPLIT.self}`]: SPLIT,
  });
  const found = { uri: SPLIT.self, user: 'alice', domain: 'one.example', origin: 'https://social.one.example' };
  expect(await find.byHandle('alice', 'one.example')).toEqual(found);
  expect(await find.byHandle('alice', 'social.one.example')).toEqual(found);
  expect(await find.byUri(SPLIT.self)).toEqual(found);
});

test('nobody can lend their name to the account of another', async () => {
  const posing = { subject: 'acct:mallory@evil.example', self: ALICE.self };
  const { find } = answering({
    'evil.example acct:mallory@evil.example': posing,
    'one.example acct:alice@one.example': ALICE,
  });
  await expect(find.byHandle('mallory', 'evil.example')).rejects.toMatchObject({ problem: 'not_found' });
});

test('nobody can take the name of another for their own account', async () => {
  const posing = { subject: 'acct:alice@one.example', self: 'https://evil.example/users/mallory' };
  const { find } = answering({
    'evil.example acct:mallory@evil.example': posing,
    'evil.example https://evil.example/users/mallory': posing,
    'one.example acct:alice@one.example': ALICE,
  });
  await expect(find.byHandle('mallory', 'evil.example')).rejects.toMatchObject({ problem: 'not_found' });
  await expect(find.byUri('https://evil.example/users/mallory')).rejects.toMatchObject({ problem: 'not_found' });
});

test.each<[string, Told]>([
  ['a page for people', '<!doctype html>'],
  ['another place than WebFinger', { to: 'https://one.example/login' }],
  ['this machine', { to: `http://127.0.0.1${PATH}?resource=x` }],
  ['an actor on this machine', { subject: 'acct:alice@one.example', self: 'http://127.0.0.1/users/alice' }],
])('%s is nobody', async (_, told) => {
  const { find } = answering({ 'one.example acct:alice@one.example': told });
  await expect(find.byHandle('alice', 'one.example')).rejects.toMatchObject({ problem: 'not_found' });
});
