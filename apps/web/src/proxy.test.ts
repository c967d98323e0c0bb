import { NextRequest } from 'next/server';
import { expect, test, vi } from 'vitest';

vi.mock('server-only', () => ({}));
const { proxy } = await import('./proxy.ts');

function ask(path: string, cookie?: string) {
  const headers = cookie ? { cookie } : undefined;
  return proxy(new NextRequest(`https://secateur.example${path}`, { headers }));
}

test('the console sends strangers to the sign-in, with the way back', () => {
  const location = ask('/shields/new?from=1').headers.get('location');
  expect(location).toBe('https://secateur.example/sign-in?back=%2Fshields%2Fnew%3Ffrom%3D1');
});

test.each(['/', '/sign-in', '/shieldsman'])('%s is open to anybody', (path) => {
  expect(ask(path).headers.get('location')).toBeNull();
});

test('who has a session goes on', () => {
  expect(ask('/shields', '__Secure-authjs.session-token=x').headers.get('location')).toBeNull();
});

test('pages with data run only scripts with their own nonce, and nothing from elsewhere', () => {
  const policies = [1, 2].map(() => ask('/shields', 'authjs.session-token=x').headers.get('content-security-policy'));
  expect(policies[0]).not.toBe(policies[1]);
  for (const policy of policies) {
    expect(policy).toMatch(/script-src 'self' 'nonce-[^']+' 'strict-dynamic';/);
    expect(policy).toContain("frame-ancestors 'none'");
    expect(policy).not.toMatch(/https?:|\*/);
  }
});
