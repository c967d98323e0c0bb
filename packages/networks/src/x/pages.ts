import { z } from 'zod';
import { Unreadable } from '../http/index.ts';
import { NetworkError } from '../port.ts';
import { missing } from './errors.ts';
import { type User, type UserPage, userId, userPageSchema } from './schemas.ts';

/** One page of a list: whom it shows, those that can't be read as null, and where it goes on. */
export type Page = { users: (User | null)[]; next: string | null };

/** Pages of one list that are read before it is taken to be made up. */
const MOST_PAGES = 100_000;

/** Where a stored cursor leads: X's own mark, how many pages there were, which tells an endless list, and what was learned first. */
const place = z.object({
  token: z.string().min(1),
  pages: z.int().min(1),
  author: userId.optional(),
  search: z.string().optional(),
});
type Place = z.output<typeof place>;

/** Throws `rejected` for what is no cursor of this network. */
export function taken(cursor: string | null): Place | null {
  if (cursor === null) return null;
  const read = z.preprocess((text) => JSON.parse(String(text)), place).safeParse(cursor);
  if (!read.success) throw new NetworkError('rejected', { message: 'not a cursor of this network' });
  return read.data;
}

/** A list that leads on to the page that it is, or for ever, throws `down`: what it left out would be taken for missing. */
export function cursorAfter(
  next: string | null,
  at: Pick<Place, 'token' | 'pages'> | null,
  learned: Pick<Place, 'author' | 'search'> = {},
): string | null {
  if (next === null) return null;
  const pages = (at?.pages ?? 0) + 1;
  if (next === at?.token || pages > MOST_PAGES) throw new NetworkError('down', { message: 'a list without an end' });
  return JSON.stringify({ token: next, pages, ...learned } satisfies Place);
}

/** Reads one page. Without data but with a problem, it is the list itself that is not shown: throws what that means. */
export function readPage(data: unknown): Page {
  const read = userPageSchema.safeParse(data);
  if (!read.success) throw new Unreadable('no list of accounts');
  return pageOf(read.data);
}

function pageOf({ data, errors, meta }: UserPage): Page {
  if (data === undefined && meta === undefined) throw new NetworkError(missing(errors?.[0]));
  return { users: data ?? [], next: meta?.next_token ?? null };
}
