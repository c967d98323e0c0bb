import { expect, test } from 'vitest';
import { mayOverlap } from './may-overlap.ts';

const of = (kind: string, subjectId: string | null, network = 'bluesky') => ({ kind, network, subjectId });

test.each([
  ['an account and the crowd around it', [of('account', 'a'), of('followers', 'a')], false],
  ['an account and the crowd around another', [of('account', 'a'), of('followers', 'b')], true],
  ['two crowds', [of('followers', 'a'), of('following', 'a')], true],
  ['crowds of two networks', [of('followers', 'a'), of('followers', 'b', 'mastodon')], false],
  ['an account and a file', [of('account', 'a'), of('file', null)], true],
  ['two accounts', [of('account', 'a'), of('account', 'b')], false],
])('%s', (_, sources, may) => {
  expect(mayOverlap(sources)).toBe(may);
});
