import { expect, test } from 'vitest';
import { MOST_LETTERS, plainWords } from './plain-words.ts';

test.each([
  ['I only follow them for my work.', 'I only follow them for my work.'],
  ['  one\n\n\ttwo\u2028three  ', 'one two three'],
  ['see https://bad.example/x?y=1 and www.bad.example, or at://did:plc:x/y', 'see […] and […] or […]'],
  ['HTTPS://BAD.EXAMPLE', '[…]'],
  ['a\u202ebc\u2066d\u200be\ufeff', 'a bc d e'],
  ['e\u0301\u0301\u0301\u0301\u0301\u0301\u0301\u0301x', '\u00e9\u0301\u0301\u0301x'],
  ['👩‍👩‍👧 می‌خواهم', '👩‍👩‍👧 می‌خواهم'],
  ['<b>bold</b> & "so"', '<b>bold</b> & "so"'],
  ['', null],
  [' \u200b\u202e\n', null],
])('%j reads %j', (raw, plain) => {
  expect(plainWords(raw)).toBe(plain);
});

test('it ends where three sentences do, and never within a letter', () => {
  expect([...(plainWords('😀'.repeat(MOST_LETTERS + 20)) ?? '')]).toHaveLength(MOST_LETTERS);
});
