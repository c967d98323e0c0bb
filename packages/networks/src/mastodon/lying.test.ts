import { expect, test } from 'vitest';
import { keeping } from '../contract/index.ts';
import type { GuardedFetch } from '../http/index.ts';
import { pack } from './credentials.ts';
import { appsInMemory, createMastodon } from './index.ts';

const HOME = 'https://home.example';
const VICTIM = 'https://elsewhere.example/users/victim';
const relation = (id: string, more = {}) => ({
  id,
  following: false,
  followed_by: false,
  blocking: false,
  muting: false,
  ...more,
});
const account = (username: string, uri: string, acct = username) => ({ id: `id-${username}`, username, acct, uri });

/** The adapter against one server that answers as written, by method and path; whatever else is asked is not found. */
function against(answers: Record<string, unknown>, instead: GuardedFetch | null = null) {
  const asked: string[] = [];
  const scripted: GuardedFetch = Object.assign(
    async (url: URL, request: { method?: string }) => {
      const key = `${request.method ?? 'GET'} ${url.origin === HOME ? '' : url.origin}${url.pathname}`;
      asked.push(key);
      const answer = answers[key];
      return answer === undefined ? Response.json({ error: 'x' }, { status: 404 }) : Response.json(answer);
    },
    { close: async () => {} },
  );
  const fetch = instead ?? scripted;
  const gate = { pass: async () => {} };
  const apps = appsInMemory();
  const oauth = { appUrl: 'https://app.example', apps };
  const port = createMastodon({ gate, pagingGate: gate, allowLoopback: false, fetch, oauth });
  const credentials = pack({
    kind: 'mastodon',
    server: HOME,
    domain: 'home.example',
    id: 'id-me',
    uri: `${HOME}/users/me`,
    token: 'token',
    scope: 'read write',
    endsAt: null,
    refresh: null,
    renewedAt: null,
    tokenUrl: null,
    gaps: [],
    client: { id: 'a', secret: 'b' },
  });
  return { port, acting: port.actFor(credentials, keeping(credentials).renewal), asked };
}

const write = [{ nativeId: VICTIM, key: null }];

test('a search that finds somebody else has found nobody: the wrong account is never acted on', async () => {
  const { acting, asked } = against({
    'GET /api/v2/search': {
      accounts: [account('other', 'https://elsewhere.example/users/other', 'other@elsewhere.example')],
    },
    'POST /api/v1/accounts/id-other/block': relation('id-other', { blocking: true }),
  });
  await expect(acting.apply('block', write, null, new Date())).rejects.toMatchObject({ problem: 'not_found' });
  expect(asked).toEqual(['GET /api/v2/search']);
});

const FOUND = { accounts: [account('victim', VICTIM, 'victim@elsewhere.example')] };

test('relations that leave somebody out are down: they may be one of the own people', async () => {
  const { acting } = against({ 'GET /api/v2/search': FOUND, 'GET /api/v1/accounts/relationships': [] });
  await expect(acting.relations([VICTIM])).rejects.toMatchObject({ problem: 'down' });
});

test('a server that answers about one of however many is asked about each', async () => {
  const friend = 'https://elsewhere.example/users/friend';
  const others: Record<string, string> = { [VICTIM]: 'victim', [friend]: 'friend' };
  const fetch: GuardedFetch = Object.assign(
    async (url: URL) => {
      if (url.pathname === '/api/v2/search') {
        const name = others[url.searchParams.get('q') ?? ''] ?? '';
        const uri = `https://elsewhere.example/users/${name}`;
        return Response.json({ accounts: [account(name, uri, `${name}@elsewhere.example`)] });
      }
      const id = String(url.searchParams.getAll('id[]').at(-1));
      return Response.json([relation(id, { following: id === 'id-friend' })]);
    },
    { close: async () => {} },
  );
  const { acting } = against({}, fetch);
  expect(await acting.relations([friend, VICTIM])).toMatchObject([{ follows: true }, { follows: false }]);
});

test('a block is done when the relation says so, and of that account', async () => {
  const block = 'POST /api/v1/accounts/id-victim/block';
  const with_ = (answer: object) => against({ 'GET /api/v2/search': FOUND, [block]: answer }).acting;
  const apply = (answer: object) => with_(answer).apply('block', write, null, new Date());
  await expect(apply(relation('id-victim'))).rejects.toMatchObject({ problem: 'rejected', uncertain: false });
  await expect(apply(relation('id-other', { blocking: true }))).rejects.toMatchObject({
    problem: 'down',
    uncertain: true,
  });
  await expect(apply({})).rejects.toMatchObject({ problem: 'down', uncertain: true });
  expect(await apply(relation('id-victim', { blocking: true }))).toEqual({ head: null, report: null });
});

test('an id that the server forgot is looked for again', async () => {
  const { acting, asked } = against({ 'GET /api/v2/search': FOUND });
  for (const _ of [1, 2]) {
    await expect(acting.apply('block', write, null, new Date())).rejects.toMatchObject({ problem: 'not_found' });
  }
  expect(asked.filter((one) => one === 'GET /api/v2/search')).toHaveLength(2);
});

test('an id that is an address goes nowhere', async () => {
  const { acting, asked } = against({
    'GET /api/v2/search': {
      accounts: [{ ...account('victim', VICTIM, 'victim@elsewhere.example'), id: '../../oauth/token' }],
    },
  });
  await expect(acting.apply('block', write, null, new Date())).rejects.toMatchObject({ problem: 'not_found' });
  expect(asked).toEqual(['GET /api/v2/search']);
});

const SIGN_IN = {
  'POST /api/v1/apps': { client_id: 'a', client_secret: 'b' },
  'POST /oauth/token': { access_token: 't', scope: 'read:accounts' },
};
const self = (href: string, subject: string) => ({
  subject,
  links: [{ rel: 'self', type: 'application/activity+json', href }],
});

test.each([
  ['an actor of another server', account('victim', VICTIM)],
  ['an actor of another server, as one from there', account('victim', VICTIM, 'victim@elsewhere.example')],
  ['an actor of its own as one from elsewhere', account('me', `${HOME}/users/me`, 'me@elsewhere.example')],
])('nobody signs in as %s', async (_, shown) => {
  const { port } = against({
    ...SIGN_IN,
    'GET /api/v1/accounts/verify_credentials': shown,
    'GET https://elsewhere.example/.well-known/webfinger': self(VICTIM, 'acct:victim@elsewhere.example'),
    'GET /.well-known/webfinger': self(`${HOME}/users/me`, 'acct:me@home.example'),
  });
  const sent = await port.oauth?.begin('home.example', []);
  const answer = new URLSearchParams({ code: 'c', state: String(sent?.state), iss: HOME });
  await expect(port.oauth?.finish(String(sent?.secret), answer)).rejects.toMatchObject({ problem: 'rejected' });
});

test('OAuth is not spoken with another server than was asked for', async () => {
  const at = (authorization_endpoint: string, token_endpoint: string) =>
    against({ ...SIGN_IN, 'GET /.well-known/oauth-authorization-server': { authorization_endpoint, token_endpoint } });
  for (const { port } of [
    at('https://evil.example/oauth/authorize', `${HOME}/oauth/token`),
    at(`${HOME}/oauth/authorize`, 'https://evil.example/oauth/token'),
  ])
    await expect(port.oauth?.begin('home.example', [])).rejects.toMatchObject({ problem: 'rejected' });
});

test('a list names whom it likes elsewhere, and only its own people here', async () => {
  const uri = `${HOME}/users/loud`;
  const { port } = against({
    'GET /.well-known/webfinger': self(uri, 'acct:loud@home.example'),
    'GET /api/v1/accounts/lookup': { ...account('loud', uri), followers_count: 5 },
    'GET /api/v1/accounts/id-loud/followers': [
      account('a', `${HOME}/users/a`),
      account('b', VICTIM, 'b@elsewhere.example'),
      account('c', VICTIM),
      account('d', `${HOME}/users/d`, 'd@elsewhere.example'),
      account('e', 'javascript:alert(1)', 'e@elsewhere.example'),
      { id: 7 },
    ],
  });
  expect(await port.crowd('followers', uri, null)).toMatchObject({
    items: [
      { nativeId: `${HOME}/users/a`, handle: 'a@home.example' },
      { nativeId: VICTIM, handle: 'b@elsewhere.example' },
    ],
    total: 5,
  });
});

test('a list of somebody whom another account has replaced is nobody’s', async () => {
  const uri = `${HOME}/users/loud`;
  const { port } = against({
    'GET /.well-known/webfinger': self(uri, 'acct:loud@home.example'),
    'GET /api/v1/accounts/lookup': account('loud', `${HOME}/users/loud2`),
  });
  await expect(port.crowd('followers', uri, null)).rejects.toMatchObject({ problem: 'not_found' });
});

const post = (id: string, uri: string, by: object, more = {}) => ({
  id,
  uri,
  account: by,
  favourites_count: 2,
  reblogs_count: 0,
  replies_count: 0,
  reblog: null,
  ...more,
});
const LOUD = `${HOME}/users/loud`;
const LOUD_SELF = {
  'GET /.well-known/webfinger': self(LOUD, 'acct:loud@home.example'),
  'GET /api/v1/accounts/lookup': account('loud', LOUD),
};

test('a post of another server is what that server says, not what was heard of it', async () => {
  const uri = 'https://elsewhere.example/users/victim/statuses/9';
  const heard = post('1', uri, account('victim', VICTIM, 'victim@elsewhere.example'));
  const { port, asked } = against({
    'GET https://elsewhere.example/.well-known/webfinger': self(VICTIM, 'acct:victim@elsewhere.example'),
    'GET https://elsewhere.example/api/v1/accounts/lookup': account('victim', VICTIM),
    'GET /api/v1/statuses/1': heard,
    'GET https://elsewhere.example/api/v1/statuses/9': post('9', `${VICTIM}/statuses/10`, account('victim', VICTIM)),
  });
  const link = 'https://home.example/@victim@elsewhere.example/1';
  await expect(port.locate('likers', link)).rejects.toMatchObject({ problem: 'not_found' });
  expect(asked).toContain('GET https://elsewhere.example/api/v1/statuses/9');
});

test('nobody’s post is laid to another server’s account', async () => {
  const { port } = against({
    'GET https://elsewhere.example/.well-known/webfinger': self(VICTIM, 'acct:victim@elsewhere.example'),
    'GET https://elsewhere.example/api/v1/accounts/lookup': account('victim', VICTIM),
    'GET /api/v1/statuses/1': post('1', `${LOUD}/statuses/1`, account('victim', VICTIM)),
  });
  const link = 'https://home.example/@loud/1';
  await expect(port.locate('likers', link)).rejects.toMatchObject({ problem: 'not_found' });
});

test('a post that another has replaced has no crowd', async () => {
  const uri = `${LOUD}/statuses/1`;
  const { port } = against({
    ...LOUD_SELF,
    'GET /api/v1/statuses/1': post('1', `${LOUD}/statuses/2`, account('loud', LOUD)),
    'GET /api/v1/statuses/1/favourited_by': [account('a', `${HOME}/users/a`)],
  });
  await expect(port.crowd('likers', uri, null)).rejects.toMatchObject({ problem: 'not_found' });
});

test('a crowd names whom it likes elsewhere, only its own people here, and never the author', async () => {
  const uri = `${LOUD}/statuses/1`;
  const shown = [
    account('a', `${HOME}/users/a`),
    account('a', `${HOME}/users/a`),
    account('b', VICTIM, 'b@elsewhere.example'),
    account('c', VICTIM),
    account('loud', LOUD),
    { id: 7 },
  ];
  const { port } = against({
    ...LOUD_SELF,
    'GET /api/v1/statuses/1': post('1', uri, account('loud', LOUD)),
    'GET /api/v1/statuses/1/favourited_by': shown,
    'GET /api/v1/statuses/1/context': { descendants: shown.map((one, i) => post(`${i}`, `${uri}/${i}`, one)) },
  });
  for (const kind of ['likers', 'repliers'] as const)
    expect((await port.crowd(kind, uri, null)).items.map((one) => one.nativeId)).toEqual([`${HOME}/users/a`, VICTIM]);
});

test('who only passes a post on leads to the post', async () => {
  const uri = `${LOUD}/statuses/1`;
  const { port } = against({
    ...LOUD_SELF,
    'GET /api/v1/statuses/5': post('5', `${HOME}/users/fan/statuses/5`, account('fan', `${HOME}/users/fan`), {
      reblog: post('1', uri, account('loud', LOUD)),
    }),
  });
  expect(await port.locate('likers', 'https://home.example/@fan/5')).toMatchObject({ ref: uri, total: 2 });
});

test('a search that finds another post has found none', async () => {
  const { acting } = against({
    'GET /api/v2/search': {
      statuses: [post('5', `${HOME}/users/fan/statuses/5`, account('fan', `${HOME}/users/fan`))],
    },
    'GET /api/v1/statuses/5/favourited_by': [account('a', `${HOME}/users/a`)],
  });
  await expect(acting.crowd('likers', `${LOUD}/statuses/1`, null)).rejects.toMatchObject({ problem: 'not_found' });
});
