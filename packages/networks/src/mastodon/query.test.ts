import { expect, test } from 'vitest';
import { createHosts } from './hosts.ts';
import { actorIn, hostIn } from './query.ts';

test.each([
  ['alice@one.example', { user: 'alice', host: 'one.example' }],
  [' @Alice@One.Example ', { user: 'Alice', host: 'one.example' }],
  ['\u202a@alice@one.example\u202c', { user: 'alice', host: 'one.example' }],
  ['acct:alice@one.example', { user: 'alice', host: 'one.example' }],
  ['https://one.example/@alice', { user: 'alice', host: 'one.example' }],
  ['https://one.example/@alice/1234', { user: 'alice', host: 'one.example' }],
  ['https://one.example/@bob@two.example', { user: 'bob', host: 'two.example' }],
  ['https://one.example/users/alice', { uri: 'https://one.example/users/alice' }],
  ['https://one.example/ap/users/1234', { uri: 'https://one.example/ap/users/1234' }],
])('%s names somebody', (text, named) => {
  expect(actorIn(text)).toEqual(named);
});

test.each([
  '',
  'alice',
  '@alice',
  'alice@one@two',
  'a b@one.example',
  'alice@one.example/x',
  '@@one.example',
  'http://',
])('%s names nobody', (text) => {
  expect(() => actorIn(text)).toThrow('not_found');
});

test.each([
  ['one.example', 'one.example'],
  ['https://One.example/', 'one.example'],
  ['alice@one.example', null],
  ['https://one.example/@alice', null],
  ['', null],
])('%s: the server in it is %s', (text, host) => {
  expect(hostIn(text)).toBe(host);
});

test.each([
  'localhost',
  'localhost:80',
  '127.0.0.1:80',
  '127.0.0.1',
  '10.0.0.1',
  '2130706433',
  '[::1]',
  'one.example:8080',
  'one',
  'user:pass@one.example',
  '-one.example',
  '',
])('%s is no host that handles may name', (host) => {
  expect(() => createHosts(false).originOf(host)).toThrow('not_found');
});

test('hosts have one spelling', () => {
  const { originOf, serverOf } = createHosts(false);
  expect(originOf('BÜCHER.example')).toBe('https://xn--bcher-kva.example');
  expect(serverOf('https://one.example/users/alice')).toBe('https://one.example');
  for (const uri of [
    'http://one.example/u',
    'https://one.example:444/u',
    'https://a@one.example/u',
    'javascript:1',
    'x',
  ])
    expect(() => serverOf(uri)).toThrow('not_found');
});

test('this machine is a host in development only, and over http', () => {
  expect(createHosts(true).originOf('127.0.0.1:4001')).toBe('http://127.0.0.1:4001');
  expect(() => createHosts(true).originOf('10.0.0.1:4001')).toThrow('not_found');
});
