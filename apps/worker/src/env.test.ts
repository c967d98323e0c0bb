import { expect, test } from 'vitest';
import { readEnv } from './env.ts';

const KEY = 'AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA';
const COMPLETE = {
  DATABASE_URL: 'postgresql://secateur_worker:pw@127.0.0.1/secateur',
  QUEUE_DATABASE_URL: 'postgresql://secateur_queue:pw@127.0.0.1/secateur',
  SEALING_PRIVATE_KEYS: KEY,
  WORKER_KEYS: `first:${KEY}`,
  TRAIL_KEY: KEY,
  TRAIL_ANCHOR: 'elsewhere',
};

test('a complete environment is read, and no key can be read out of it again', () => {
  const env = readEnv(COMPLETE);
  expect(env.WORKER_KEYS.id).toBe('first');
  expect(env.SEALING_PRIVATE_KEYS.ids).toHaveLength(1);
  expect(JSON.stringify(env)).not.toContain(KEY);
});

test('an anchor in an object store needs its settings, and shows none of its keys', () => {
  const store = { AWS_ACCESS_KEY_ID: 'AKID', AWS_SECRET_ACCESS_KEY: 'hunter2', AWS_REGION: 'eu-central-1' };
  const env = readEnv({ ...COMPLETE, ...store, TRAIL_ANCHOR: 's3://bucket/trail' });
  expect(env.TRAIL_ANCHOR).toHaveProperty('append');
  expect(JSON.stringify(env)).not.toMatch(/hunter2|AKID/);
  expect(readEnv(COMPLETE).TRAIL_ANCHOR).toBeNull();
});

test.for(['DATABASE_URL', 'QUEUE_DATABASE_URL', 'SEALING_PRIVATE_KEYS', 'WORKER_KEYS', 'TRAIL_KEY', 'TRAIL_ANCHOR'])(
  'without %s it does not start',
  (name) => {
    expect(() => readEnv({ ...COMPLETE, [name]: '' })).toThrow(name);
  },
);

test.for([
  [{ WORKER_KEYS: 'hunter2' }, 'key 1 is not name:key'],
  [{ WORKER_KEYS: `first:${KEY},second:hunter2` }, 'key 2 is not name:key'],
  [{ SEALING_PRIVATE_KEYS: `${KEY},hunter2` }, 'key 2 is not 32 bytes'],
  [{ TRAIL_KEY: 'hunter2' }, 'not 32 bytes'],
  [{ TRAIL_ANCHOR: 'anchor.jsonl' }, 'neither an absolute path nor s3://bucket/prefix'],
  [{ TRAIL_ANCHOR: 's3://bucket/trail', AWS_SECRET_ACCESS_KEY: 'hunter2' }, 'needs AWS_REGION'],
] as const)('what is wrong is named and never shown (%#)', ([wrong, sentence]) => {
  const attempt = () => readEnv({ ...COMPLETE, ...wrong });
  expect(attempt).toThrow(sentence);
  expect(attempt).toThrow(Object.keys(wrong)[0]);
  expect(attempt).not.toThrow('hunter2');
});

const X = { X_CLIENT_ID: 'an-app', X_CLIENT_SECRET: 'hunter2', X_BEARER_TOKEN: 'hunter2' };

test('X has an app, and a second one to sign in with, or none', () => {
  expect(readEnv(COMPLETE)).toMatchObject({ X_APP: null, X_SIGN_IN_APP: null });
  expect(readEnv({ ...COMPLETE, ...X })).toMatchObject({ X_APP: { id: 'an-app' }, X_SIGN_IN_APP: null });
  const both = { ...X, X_SIGN_IN_CLIENT_ID: 'another', X_SIGN_IN_CLIENT_SECRET: 'hunter2' };
  expect(readEnv({ ...COMPLETE, ...both })).toMatchObject({ X_SIGN_IN_APP: { id: 'another' } });
});

test.for([
  [{ X_CLIENT_ID: 'an-app' }, 'set all of X_CLIENT_ID'],
  [{ ...X, X_SIGN_IN_CLIENT_ID: 'another' }, 'set both of X_SIGN_IN_CLIENT_ID'],
  [{ X_SIGN_IN_CLIENT_ID: 'another', X_SIGN_IN_CLIENT_SECRET: 'hunter2' }, 'beside X_CLIENT_ID'],
  [{ ...X, X_SIGN_IN_CLIENT_ID: 'an-app', X_SIGN_IN_CLIENT_SECRET: 'hunter2' }, 'would end what is connected'],
] as const)('half of what X needs is named and never shown (%#)', ([wrong, sentence]) => {
  const attempt = () => readEnv({ ...COMPLETE, ...wrong });
  expect(attempt).toThrow(sentence);
  expect(attempt).not.toThrow('hunter2');
});
