import { expect, test } from 'vitest';
import { readEnv } from './env.ts';

test('what is left out has a default', () => {
  expect(readEnv({})).toEqual({ SANDBOX_PORT: 3421, SANDBOX_SEED: 'secateur', SANDBOX_WORLD: 'demo' });
});

test('what makes no sense is refused', () => {
  expect(() => readEnv({ SANDBOX_PORT: 'many' })).toThrow();
  expect(() => readEnv({ SANDBOX_LIMITS: 'maybe' })).toThrow();
});
