import { previewInput } from '@secateur/core/shields/schemas';
import { expect, test } from 'vitest';
import { draftSchema, EMPTY_DRAFT, inputOf, missingIn } from './draft.ts';

const ID = '0193a1b2-0000-7000-8000-000000000001';

const HERE = { id: ID, network: 'bluesky' } as const;
const THERE = { id: ID, network: 'mastodon' } as const;

test('an empty form says what it lacks', () => {
  expect(missingIn(EMPTY_DRAFT, [])).toEqual(['query', 'as']);
  expect(missingIn({ ...EMPTY_DRAFT, includeAccount: false, includeFollowers: false }, [HERE])).toEqual([
    'query',
    'cover',
  ]);
});

test('the empty form spares everybody it can', () => {
  const { forFollows, forFollowers, forMutuals } = EMPTY_DRAFT;
  expect([forFollows, forFollowers, forMutuals]).toEqual(['spare', 'spare', 'spare']);
});

test('a form that lacks nothing is what the server takes', () => {
  const draft = { ...EMPTY_DRAFT, query: ' grudge.sandbox.test ' };
  expect(missingIn(draft, [HERE])).toEqual([]);
  expect(previewInput.parse(inputOf(draft, [HERE])).sources).toEqual([
    { kind: 'account', network: 'bluesky', query: 'grudge.sandbox.test' },
    { kind: 'followers', network: 'bluesky', query: 'grudge.sandbox.test' },
  ]);
});

test('a kept form comes back as it was', () => {
  expect(draftSchema.parse(JSON.parse(JSON.stringify(EMPTY_DRAFT)))).toEqual(EMPTY_DRAFT);
});

test('accounts of two networks are not chosen for one shield, and it is about the network of those that are', () => {
  const draft = { ...EMPTY_DRAFT, query: 'sam.example' };
  expect(missingIn(draft, [HERE, THERE])).toEqual(['mixed']);
  expect(inputOf(draft, [THERE]).sources).toMatchObject([{ network: 'mastodon' }, { network: 'mastodon' }]);
});
