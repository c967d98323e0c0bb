import { expect, test } from 'vitest';
import { SESSION_COOKIES, signInCookies } from './cookies.ts';

const online = Object.entries(signInCookies('https://secateur.example'));
const local = Object.entries(signInCookies('http://localhost:3420'));

test.each(online)('over https %s belongs to this host alone', (_, { name, options }) => {
  expect(name).toMatch(/^__Host-authjs\./);
  expect(options).toMatchObject({ secure: true, path: '/', httpOnly: true, sameSite: 'lax' });
  expect(options).not.toHaveProperty('domain');
});

test.each(local)('on localhost %s has a name that browsers take without https', (_, { name, options }) => {
  expect(name).toMatch(/^authjs\./);
  expect(options).toMatchObject({ secure: false, path: '/', httpOnly: true, sameSite: 'lax' });
  expect(options).not.toHaveProperty('domain');
});

test('the session is looked for under both names', () => {
  const names = [...online, ...local].flatMap(([key, { name }]) => (key === 'sessionToken' ? [name] : []));
  expect([...SESSION_COOKIES].sort()).toEqual(names.sort());
});
