import { expect, test } from 'vitest';
import { accountIn, isNativeId, linesOf, MOST_BYTES, readText } from './index.ts';

const bytes = (text: string) => new TextEncoder().encode(text);
const queries = (text: string, network: 'bluesky' | 'mastodon' | 'x') => linesOf(text, network).map((l) => l.query);

test.each([
  ['UTF-8', bytes('ümlaut.example'), { text: 'ümlaut.example' }],
  ['a byte order mark', new Uint8Array([0xef, 0xbb, 0xbf, ...bytes('a.example')]), { text: 'a.example' }],
  ['UTF-16 with its mark', new Uint8Array([0xff, 0xfe, 0x61, 0]), { refused: 'file_utf16' }],
  ['UTF-16 of the other kind', new Uint8Array([0xfe, 0xff, 0, 0x61]), { refused: 'file_utf16' }],
  ['UTF-16 without a mark', new Uint8Array(Buffer.from('a.example', 'utf16le')), { refused: 'file_utf16' }],
  ['a picture', new Uint8Array([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 0]), { refused: 'file_not_text' }],
  ['Latin-1', new Uint8Array([0x66, 0xfc, 0x72]), { refused: 'file_not_text' }],
  ['too much', new Uint8Array(MOST_BYTES + 1).fill(97), { refused: 'file_too_large' }],
])('%s', (_, file, read) => {
  expect(readText(file)).toEqual(read);
});

test('plain lines, whatever ends them, each with its number', () => {
  expect(linesOf('a.example\r\n\r\n@b.example\rno account here\n', 'bluesky')).toEqual([
    { line: 1, text: 'a.example', query: 'a.example' },
    { line: 3, text: '@b.example', query: 'b.example' },
    { line: 4, text: 'no account here', query: null },
  ]);
});

test('what Mastodon exports: blocks without a heading, follows and mutes with one', () => {
  expect(queries('loud@one.example\nRude@Two.Example\n', 'mastodon')).toEqual(['loud@one.example', 'Rude@two.example']);
  const mutes = 'Account address,Hide notifications\nloud@one.example,true\n';
  expect(queries(mutes, 'mastodon')).toEqual(['loud@one.example']);
});

test('a table of which a column is named, in whatever order, quoted or not', () => {
  const table =
    'displayName,handle,did\n"Evil, Inc.",evil.example,did:plc:abc\nnice.example,"bad.example","did:plc:d""e"\n';
  expect(queries(table, 'bluesky')).toEqual(['did:plc:abc', null]);
  expect(queries('Handle;Note\na.example;b.example\n', 'bluesky')).toEqual(['a.example']);
});

test('of a table without headings the column that names accounts in its first line, and no other', () => {
  expect(queries('1,a.example,x\n2,b.example,c.example\n3,-,d.example\n', 'bluesky')).toEqual([
    'a.example',
    'b.example',
    null,
  ]);
});

test.each([
  ['bluesky', 'https://bsky.app/profile/a.example', 'a.example'],
  ['bluesky', 'at://did:plc:abc', 'did:plc:abc'],
  ['bluesky', '\u2068@A.Example\u2069', 'a.example'],
  ['bluesky', 'sam@one.example', null],
  ['bluesky', 'sam', null],
  ['mastodon', '@sam@one.example', 'sam@one.example'],
  ['mastodon', 'https://one.example/@sam', 'https://one.example/@sam'],
  ['mastodon', 'https://one.example', null],
  ['mastodon', 'sam.example', null],
  ['x', '783214', '783214'],
  ['x', '@sam', 'sam'],
  ['x', 'https://twitter.com/sam?lang=en', 'sam'],
  ['x', 'a name that is far too long', null],
] as const)('on %s %s is %s', (network, text, account) => {
  expect(accountIn(network, text)).toBe(account);
});

test('ids that need no asking', () => {
  expect(isNativeId('bluesky', 'did:plc:abc')).toBe(true);
  expect(isNativeId('bluesky', 'a.example')).toBe(false);
  expect(isNativeId('mastodon', 'https://one.example/users/sam')).toBe(false);
  expect(isNativeId('x', '783214')).toBe(true);
});
