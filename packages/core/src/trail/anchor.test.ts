import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DAY } from '@secateur/base';
import { AwsClient } from 'aws4fetch';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { AuditAnchor } from './anchor.ts';
import { anchorAt } from './anchor-at.ts';
import { KEYS, type ObjectStore, startObjectStore } from './fixtures/object-store.ts';

let dir: string;
let store: ObjectStore;
beforeAll(async () => {
  dir = mkdtempSync(join(tmpdir(), 'secateur-anchors-'));
  store = await startObjectStore(3);
});
afterAll(async () => {
  await store.close();
  rmSync(dir, { recursive: true });
});

let made = 0;
const settings = () => ({
  AWS_ACCESS_KEY_ID: KEYS.accessKeyId,
  AWS_SECRET_ACCESS_KEY: KEYS.secretAccessKey,
  AWS_REGION: 'eu-test-1',
  AWS_ENDPOINT_URL_S3: store.url,
});
const all = async (anchor: AuditAnchor) => {
  const lines: string[] = [];
  for await (const line of anchor.lines()) lines.push(line);
  return lines;
};

describe.each([
  ['a file', () => anchorAt(join(dir, `${made}.jsonl`), {})],
  ['an object store', () => anchorAt(`s3://bucket/trail/${made}`, settings())],
])('an anchor in %s', (_, open) => {
  let anchor: AuditAnchor;
  beforeEach(() => {
    made += 1;
    anchor = open();
  });

  test('is empty at first', async () => {
    expect(await anchor.newest(3)).toEqual([]);
    expect(await all(anchor)).toEqual([]);
  });

  test('gives back every line as it was, the first one first, the newest ones newest first', async () => {
    const lines = Array.from({ length: 11 }, (_, n) => JSON.stringify({ entry: n, text: 'ä"\\ \u2028' }));
    for (const line of lines) await anchor.append(line);
    for (const reader of [anchor, open()]) {
      expect(await all(reader)).toEqual(lines.map((line) => `${line}\n`));
      expect(await reader.newest(2)).toEqual(lines.slice(-2).reverse());
    }
  });

  test('loses no line of two who write at once', async () => {
    const other = open();
    await anchor.append('0');
    await Promise.all([anchor.append('1'), other.append('2')]);
    expect((await all(anchor)).sort()).toEqual(['0\n', '1\n', '2\n']);
  });

  test('has a line twice that was written twice', async () => {
    for (const line of ['a', 'a']) await anchor.append(line);
    expect(await all(anchor)).toEqual(['a\n', 'a\n']);
  });
});

describe('in an object store', () => {
  const open = () => anchorAt(`s3://bucket/locked/${made}`, { ...settings(), TRAIL_ANCHOR_DAYS: '30' });
  beforeEach(() => {
    made += 1;
  });
  const kept = () => [...store.objects].filter(([key]) => key.startsWith(`locked/${made}/`));

  test('every line is locked for as long as was said, and can be neither replaced nor removed', async () => {
    await open().append('one');
    const [[key, { mode, until }] = ['', { mode: '', until: new Date(0) }]] = kept();
    expect(mode).toBe('COMPLIANCE');
    expect(Math.round((until.getTime() - Date.now()) / DAY)).toBe(30);
    const client = new AwsClient({ ...KEYS, region: 'eu-test-1', service: 's3', retries: 0 });
    expect((await client.fetch(`${store.url}/bucket/${key}`, { method: 'DELETE' })).status).toBe(403);
  });

  test('who finds the place taken takes the next one', async () => {
    const other = open();
    store.afterListing(() => other.append('first'));
    await open().append('second');
    expect(await all(other)).toEqual(['first\n', 'second\n']);
  });

  test.for([403, 500])('a store that answers %s fails the run, in words that hold nothing of it', async (status) => {
    const anchor = open();
    for (const work of [() => anchor.newest(1), () => anchor.append('x'), () => all(anchor)]) {
      store.fail(status);
      const error = await work().then(
        () => null,
        (thrown: Error) => thrown.message,
      );
      expect(error).toBe(`the anchor's store answered ${status} to a listing`);
    }
    expect(kept()).toEqual([]);
  });

  test('a request that nobody signed is refused', async () => {
    const anchor = anchorAt(`s3://bucket/locked/${made}`, { ...settings(), AWS_ACCESS_KEY_ID: 'SOMEBODY' });
    await expect(anchor.append('x')).rejects.toThrow('answered 403');
  });
});

test.for([
  ['anchor.jsonl', {}, 'neither an absolute path nor s3://'],
  ['s3://bucket', {}, 's3://bucket/prefix'],
  ['s3://Bucket/a b', {}, 's3://bucket/prefix'],
  ['gs://bucket/prefix', {}, 's3://bucket/prefix'],
  ['s3://bucket/prefix', { AWS_REGION: '' }, 'needs AWS_REGION'],
  ['s3://bucket/prefix', { AWS_ACCESS_KEY_ID: '' }, 'needs AWS_ACCESS_KEY_ID'],
  ['s3://bucket/prefix', { AWS_SECRET_ACCESS_KEY: '' }, 'needs AWS_SECRET_ACCESS_KEY'],
  ['s3://bucket/prefix', { AWS_ENDPOINT_URL_S3: 'here' }, 'AWS_ENDPOINT_URL_S3 is no address'],
  ['s3://bucket/prefix', { TRAIL_ANCHOR_DAYS: 'long' }, 'not a number of days'],
] as const)('%s with %j is no anchor, and it is said why', ([where, wrong, sentence]) => {
  expect(() => anchorAt(where, { ...settings(), ...wrong })).toThrow(sentence);
  expect(() => anchorAt(where, { ...settings(), ...wrong })).not.toThrow(KEYS.secretAccessKey);
});
