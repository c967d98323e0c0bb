import { expect, test } from 'vitest';
import { highestThreshold } from './threshold.ts';

const on = (network: string, kind = 'followers') => ({ network, kind });

test.each([
  ['an account alone has no crowds to combine', [on('bluesky', 'account')], 1],
  ['two crowds of one network have people in common', [on('bluesky'), on('bluesky', 'likers')], 2],
  ['crowds of two networks have nobody in common', [on('bluesky'), on('mastodon')], 1],
  ['two on each of two', [on('bluesky'), on('mastodon'), on('bluesky', 'file'), on('mastodon', 'list')], 2],
  ['the network with the fewest decides', [on('bluesky'), on('bluesky', 'list'), on('mastodon')], 1],
])('%s', (_, sources, most) => {
  expect(highestThreshold(sources)).toBe(most);
});
