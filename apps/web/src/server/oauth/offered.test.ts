import { afterEach, expect, test, vi } from 'vitest';

vi.mock('server-only', () => ({}));

async function offered(apps: Record<string, string>) {
  vi.resetModules();
  const complete = {
    DATABASE_URL: 'postgresql://secateur_web:pw@127.0.0.1:5432/secateur',
    AUTH_SECRET: 'a-secret-that-is-long-enough-to-be-one',
    AUTH_URL: 'http://localhost:3420',
    SEALING_PUBLIC_KEY: 'A'.repeat(43),
    MAIL: 'show',
    X_CLIENT_ID: '',
    X_SIGN_IN_CLIENT_ID: '',
  };
  for (const [name, value] of Object.entries({ ...complete, ...apps })) vi.stubEnv(name, value);
  const { connectable, opensDoor } = await import('./offered.ts');
  return { connectable: connectable(), opensDoor: opensDoor() };
}

afterEach(() => {
  vi.unstubAllEnvs();
});

const REST = ['bluesky', 'mastodon'];

test('without an app at X it is offered nowhere', async () => {
  expect(await offered({})).toEqual({ connectable: REST, opensDoor: REST });
  expect(await offered({ X_SIGN_IN_CLIENT_ID: 'another' })).toEqual({ connectable: REST, opensDoor: REST });
});

test('with one its accounts are connected, and with a second one they open the door', async () => {
  expect(await offered({ X_CLIENT_ID: 'one' })).toEqual({ connectable: [...REST, 'x'], opensDoor: REST });
  const both = await offered({ X_CLIENT_ID: 'one', X_SIGN_IN_CLIENT_ID: 'another' });
  expect(both).toEqual({ connectable: [...REST, 'x'], opensDoor: [...REST, 'x'] });
});
