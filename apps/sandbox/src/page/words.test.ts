import { expect, test } from 'vitest';
import { span } from './words.ts';

test.each([
  [42 * 86_400_000, '6 weeks'],
  [93_600_000, '1 day 2 hours'],
  [-120_000, '2 minutes'],
  [59_999, 'less than a minute'],
])('%i ms are %s', (ms, words) => {
  expect(span(ms)).toBe(words);
});
