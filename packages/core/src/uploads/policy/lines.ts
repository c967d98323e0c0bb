import type { NetworkName } from '@secateur/networks/port';
import { accountIn } from './account-in.ts';

/** A line with anything in it, by its number in the file, and the account that it names; null where it names none. */
export type Line = { line: number; text: string; query: string | null };

/** Most of a line that is kept. */
const LONGEST = 300;

/**
 * What the column with the accounts is called, best first: Mastodon's exports, tools around Bluesky, lists from X's archive.
 * Names that are shown are none of them: somebody's display name may look like another's handle.
 */
const COLUMNS = [
  'did',
  'account address',
  'acct',
  'handle',
  'account',
  'actor',
  'accountid',
  'account_id',
  'user_id',
  'userid',
  'id',
  'username',
  'user_name',
  'screen_name',
  'screenname',
  'profile',
  'url',
  'link',
];

/**
 * The lines of a file: one account a line, or a table with a column of them, whether it says which one that is or not. A table's
 * other columns are never looked at.
 */
export function linesOf(text: string, network: NetworkName): Line[] {
  const all = text
    .split(/\r\n|\n|\r/)
    .map((whole, n) => ({ line: n + 1, text: whole.trim() }))
    .filter((line) => line.text !== '');
  const [first] = all;
  if (!first) return [];
  const mark = delimiterOf(first.text);
  const heads = cellsOf(first.text, mark).map((cell) => cell.toLowerCase());
  const named = COLUMNS.map((name) => heads.indexOf(name)).find((at) => at >= 0);
  const found = heads.findIndex((cell) => accountIn(network, cell) !== null);
  const column = named ?? Math.max(0, found);
  return (named === undefined ? all : all.slice(1)).map((line) => ({
    line: line.line,
    text: line.text.slice(0, LONGEST),
    query: accountIn(network, cellsOf(line.text, mark)[column] ?? ''),
  }));
}

/** Of commas, semicolons and tabs the one that is there first. */
function delimiterOf(text: string): string {
  return /[,;\t]/.exec(text)?.[0] ?? ',';
}

/** The cells of one line of a table; a cell may be quoted, and a quote in it doubled. */
function cellsOf(text: string, mark: string): string[] {
  const cells: string[] = [];
  let cell = '';
  let quoted = false;
  for (let at = 0; at < text.length; at += 1) {
    const char = text[at];
    if (char === '"' && quoted && text[at + 1] === '"') {
      cell += char;
      at += 1;
    } else if (char === '"') quoted = !quoted;
    else if (char === mark && !quoted) {
      cells.push(cell.trim());
      cell = '';
    } else cell += char;
  }
  return [...cells, cell.trim()];
}
