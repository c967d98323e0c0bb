import { expect, test } from 'vitest';
import { parseFlags } from './flags.ts';

const sizes = { targets: 100, accounts: 5 };

test('sizes and the seed are numbers, and stand where nothing is said', () => {
  expect(parseFlags([], sizes, [])).toEqual({ targets: 100, accounts: 5, seed: 1, bug: null });
  expect(parseFlags(['--targets', '7', '--seed', '3', '--bug', 'late'], sizes, ['late'])).toEqual({
    targets: 7,
    accounts: 5,
    seed: 3,
    bug: 'late',
  });
});

test.for([
  [['--targets', 'many'], '--targets many: not a whole number'],
  [['--targets', '-1'], "Option '--targets' argument is ambiguous"],
  [['--target', '1'], "Unknown option '--target'"],
  [['--bug', 'none-such'], '--bug none-such: there is late'],
] as const)('%s is refused', ([args, sentence]) => {
  expect(() => parseFlags(args, sizes, ['late'])).toThrow(sentence);
});
