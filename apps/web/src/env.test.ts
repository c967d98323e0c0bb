import { afterEach, expect, test, vi } from 'vitest';

vi.mock('server-only', () => ({}));

const COMPLETE = {
  DATABASE_URL: 'postgresql://secateur_web:pw@127.0.0.1:5432/secateur',
  AUTH_SECRET: 'a-secret-that-is-long-enough-to-be-one',
  AUTH_URL: 'http://localhost:3420',
  SEALING_PUBLIC_KEY: 'A'.repeat(43),
  MAIL: 'show',
  SMTP_URL: '',
  MAIL_FROM: '',
  CLOCK_URL: '',
};

async function read(changes: Record<string, string>) {
  vi.resetModules();
  for (const [name, value] of Object.entries({ ...COMPLETE, ...changes })) vi.stubEnv(name, value);
  const { env } = await import('./env.ts');
  return env();
}

afterEach(() => {
  vi.unstubAllEnvs();
});

test('a complete environment is read', async () => {
  expect(await read({})).toMatchObject({ AUTH_URL: 'http://localhost:3420', MAIL: 'show', LOG_LEVEL: 'info' });
});

test.each(['DATABASE_URL', 'AUTH_SECRET', 'AUTH_URL', 'SEALING_PUBLIC_KEY'])(
  'without %s it does not start',
  async (name) => {
    await expect(read({ [name]: '' })).rejects.toThrow(name);
  },
);

test('mails have to go somewhere', async () => {
  await expect(read({ MAIL: '' })).rejects.toThrow('MAIL=show');
  await expect(read({ MAIL: '', SMTP_URL: 'smtp://mail.example' })).rejects.toThrow('MAIL_FROM');
  expect(await read({ MAIL: '', SMTP_URL: 'smtp://mail.example', MAIL_FROM: 'us@mail.example' })).toBeTruthy();
});

test('what is wrong is named and never shown', async () => {
  const failure: unknown = await read({ AUTH_SECRET: 'hunter2' }).catch((error: unknown) => error);
  expect(String(failure)).toContain('AUTH_SECRET');
  expect(String(failure)).not.toContain('hunter2');
});
