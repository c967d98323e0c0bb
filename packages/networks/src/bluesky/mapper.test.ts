import { expect, test } from 'vitest';
import { toHeldBlock, toProfile, toRelations, toReport } from './mapper.ts';

const headers = (limit: number, window: number) => ({
  'ratelimit-limit': String(limit),
  'ratelimit-remaining': '120',
  'ratelimit-reset': '1795224320',
  'ratelimit-policy': `${limit};w=${window}`,
});

test.each([
  [5_000, 3_600],
  [35_000, 86_400],
])('%i points in %i s are the account budget', (limit, windowSeconds) => {
  expect(toReport(headers(limit, windowSeconds))).toEqual({
    limit,
    windowSeconds,
    remaining: 120,
    resetAt: new Date(1_795_224_320_000),
  });
});

test("the host's window says nothing about the account", () => {
  expect(toReport(headers(3_000, 300))).toBeNull();
});

test('no headers and broken ones are no report', () => {
  expect(toReport({})).toBeNull();
  expect(toReport({ ...headers(5_000, 3_600), 'ratelimit-reset': 'soon' })).toBeNull();
});

test('an empty display name is none', () => {
  const view = { $type: 'app.bsky.actor.defs#profileView' as const, did: 'did:plc:a', handle: 'a.example' };
  expect(toProfile({ ...view, displayName: '' })).toEqual({
    nativeId: 'did:plc:a',
    handle: 'a.example',
    displayName: null,
    followers: null,
    following: null,
    verified: false,
  });
});

test('relations come in the order asked, unknown accounts with none', () => {
  const relationship = 'app.bsky.graph.defs#relationship' as const;
  const answer = {
    relationships: [
      { $type: 'app.bsky.graph.defs#notFoundActor' as const, actor: 'did:plc:b', notFound: true as const },
      { $type: relationship, did: 'did:plc:a', following: 'at://did:plc:x/app.bsky.graph.follow/3k' },
    ],
  };
  expect(toRelations(answer, ['did:plc:a', 'did:plc:b'])).toEqual([
    { nativeId: 'did:plc:a', follows: true, followedBy: false, held: null },
    { nativeId: 'did:plc:b', follows: false, followedBy: false, held: null },
  ]);
});

test('a block is known by its subject and its key; a broken record is none', () => {
  const uri = 'at://did:plc:44ybard66vv44zksje25o7dz/app.bsky.graph.block/3n2rwqkzfbtto';
  const cid = 'bafyreihoau63frb2pgjksqi23pilyqemfpi55tvdvxlsvypqca6hx565ry';
  const value = { $type: 'app.bsky.graph.block', subject: 'did:plc:b', createdAt: '2026-11-21T00:00:00.000Z' };
  expect(toHeldBlock({ uri, cid, value })).toEqual({ nativeId: 'did:plc:b', key: '3n2rwqkzfbtto' });
  expect(toHeldBlock({ uri, cid, value: { ...value, subject: 'nobody' } })).toBeNull();
});

test.each([
  [{}, false],
  [{ verification: { verifications: [], verifiedStatus: 'none', trustedVerifierStatus: 'none' } }, false],
  [{ verification: { verifications: [], verifiedStatus: 'invalid', trustedVerifierStatus: 'none' } }, false],
  [{ verification: { verifications: [], verifiedStatus: 'valid', trustedVerifierStatus: 'none' } }, true],
  [{ verification: { verifications: [], verifiedStatus: 'none', trustedVerifierStatus: 'valid' } }, true],
  [{ associated: { labeler: true } }, true],
  [{ associated: { labeler: false, lists: 3 } }, false],
])('whom the network vouches for: %j', (more, verified) => {
  expect(toProfile({ did: 'did:plc:a', handle: 'a.example', ...more }).verified).toBe(verified);
});
