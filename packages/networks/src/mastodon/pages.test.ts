import { expect, test } from 'vitest';
import { MOST_EMPTY, MOST_PAGES } from './limits.ts';
import { readPage } from './pages.ts';

const account = { id: '1', username: 'a', acct: 'a' };
const answer = (link: string | null, data: unknown = [account]) => ({
  headers: new Headers(link === null ? {} : { link }),
  data,
});
const at = (before: string, more = {}) => ({ before, pages: 1, empty: 0, ...more });
const next = (url: string) => `<${url}>; rel="next", <https://one.example/x?since_id=9>; rel="prev"`;

test('a list without a link that leads on has ended', () => {
  expect(readPage(answer(null), null)).toMatchObject({ next: null, lied: false });
  const back = '<https://one.example/x?since_id=9>; rel="prev"';
  expect(readPage(answer(back), null)).toMatchObject({ next: null, lied: false });
});

test.each([
  ['Mastodon', next('https://one.example/api/v1/accounts/1/followers?limit=80&max_id=77')],
  ['a server behind a proxy that does not know its own name', next('http://10.0.0.1/whatever?max_id=77')],
  ['without quotes', '<https://one.example/x?max_id=77>; rel=next'],
  ['a relative address', '</x?max_id=77>; rel="next"'],
])('only the mark is taken out of where it leads: %s', (_, link) => {
  expect(readPage(answer(link), at('90')).next).toEqual({ before: '77', pages: 2, empty: 0 });
});

test.each([
  ['to the page that it is', '90'],
  ['back', '91'],
  ['to a longer number', '100'],
  ['to what is no mark', '../../oauth/token'],
  ['to nothing', ''],
])('a list that leads %s lies', (_, mark) => {
  const link = next(`https://one.example/x?max_id=${encodeURIComponent(mark)}`);
  expect(readPage(answer(link), at('90'))).toMatchObject({ next: null, lied: true });
});

test('marks that are no numbers grow with time as well', () => {
  const link = (mark: string) => answer(next(`https://one.example/x?max_id=${mark}`));
  expect(readPage(link('01ARZ3NDEKTSV4RRFFQ69G5FAV'), at('01BX5ZZKBKACTAV9WEVGEMMVRZ')).lied).toBe(false);
  expect(readPage(link('01BX5ZZKBKACTAV9WEVGEMMVRZ'), at('01ARZ3NDEKTSV4RRFFQ69G5FAV')).lied).toBe(true);
});

test('no list goes on for ever, neither full nor empty', () => {
  const link = next('https://one.example/x?max_id=7');
  expect(readPage(answer(link), at('8', { pages: MOST_PAGES - 2 })).lied).toBe(false);
  expect(readPage(answer(link), at('8', { pages: MOST_PAGES - 1 })).lied).toBe(true);
  expect(readPage(answer(link, []), at('8', { empty: MOST_EMPTY - 2 })).lied).toBe(false);
  expect(readPage(answer(link, []), at('8', { empty: MOST_EMPTY - 1 })).lied).toBe(true);
});

test('one that can not be read does not hide the others; what is no list is no page', () => {
  const page = readPage(answer(null, [account, { id: '/../', username: 'x', acct: 'x' }, 7]), null);
  expect(page.accounts).toMatchObject([account, null, null].map((one) => one ?? null));
  expect(() => readPage(answer(null, { error: 'no' }), null)).toThrow('no list');
});
