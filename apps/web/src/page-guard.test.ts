import { NextRequest } from 'next/server';
import { expect, test } from 'vitest';
import { guardPage } from './page-guard.ts';

const OURS = 'https://secateur.example';
const SESSION = '__Host-authjs.session-token=x';

const built = {
  inlineAt: (path: string) => (path === '/' ? { scripts: ['sha256-known'], styles: ['sha256-style'] } : null),
  isConsole: (path: string) => path.startsWith('/shields'),
  all: [],
};

function ask(path: string, headers: Record<string, string> = {}, method = 'GET') {
  return guardPage(new NextRequest(`${OURS}${path}`, { headers, method }), { authUrl: OURS, built });
}
const policyOf = (path: string) => ask(path, { cookie: SESSION }).headers.get('content-security-policy');

test('the console sends strangers to the sign-in, with the way back', () => {
  const location = ask('/shields/new?from=1').headers.get('location');
  expect(location).toBe('https://secateur.example/sign-in?back=%2Fshields%2Fnew%3Ffrom%3D1');
});

test.each(['/', '/sign-in'])('%s is open to anybody', (path) => {
  expect(ask(path).headers.get('location')).toBeNull();
});

test.each([SESSION, 'authjs.session-token=x'])('who has a session goes on: %s', (cookie) => {
  expect(ask('/shields', { cookie }).headers.get('location')).toBeNull();
});

test('a name that a neighbour could plant is no session', () => {
  expect(ask('/shields', { cookie: '__Secure-authjs.session-token=x' }).headers.get('location')).not.toBeNull();
});

test('pages made for one request run only scripts with their own nonce, and nothing from elsewhere', () => {
  const policies = [policyOf('/shields'), policyOf('/shields')];
  expect(policies[0]).not.toBe(policies[1]);
  for (const policy of policies) {
    expect(policy).toMatch(/script-src 'self' 'nonce-[^']+' 'strict-dynamic';/);
    expect(policy).toContain("frame-ancestors 'none'");
    expect(policy).not.toMatch(/https?:|\*/);
  }
});

test('pages built beforehand run the scripts that they were built with', () => {
  expect(policyOf('/')).toMatch(/script-src 'self' 'sha256-known';/);
  expect(policyOf('/')).toMatch(/style-src 'self' 'sha256-style';/);
});

test('inline scripts are never allowed as such', () => {
  for (const path of ['/', '/shields']) expect(policyOf(path)).not.toMatch(/(script|style)-src [^;]*unsafe/);
});

test('a page is told its own nonce, and no policy that a stranger sent along', () => {
  const planted = { 'content-security-policy': "script-src 'nonce-planted'" };
  const told = (path: string) => ask(path, planted).headers.get('x-middleware-request-content-security-policy');
  expect(told('/sign-in')).toMatch(/'nonce-[0-9a-f-]{36}'/);
  expect(told('/')).toBeNull();
});

test.each<[string, Record<string, string>, number]>([
  ['a page of ours', { 'sec-fetch-site': 'same-origin', origin: OURS }, 200],
  ['an old browser', { origin: OURS }, 200],
  ['a stranger', { 'sec-fetch-site': 'cross-site', origin: 'https://elsewhere.example' }, 403],
  ['a neighbour', { 'sec-fetch-site': 'same-site' }, 403],
  ['nobody in particular', {}, 403],
])('a server action called by %s', (_, headers, status) => {
  expect(ask('/sign-in', headers, 'POST').status).toBe(status);
});

test.each(['leave=1', '__Host-leave=1'])('a session that was left in a hurry ends first: %s', (cookie) => {
  const answer = ask('/shields', { cookie: `${SESSION}; ${cookie}` });
  expect(answer.headers.get('location')).toBe('https://secateur.example/leave/over');
  expect(ask('/leave/over', { cookie: `${SESSION}; ${cookie}` }).headers.get('location')).toBeNull();
});

test('a mark of leaving does not outlive the session that it ended', () => {
  const answer = ask('/sign-in', { cookie: 'leave=1' });
  expect(answer.headers.get('location')).toBeNull();
  expect(answer.headers.get('set-cookie')).toMatch(/^leave=; .*Max-Age=0/);
});
