import type { HttpResponse } from 'masto/interfaces/index.js';
import { z } from 'zod';
import { Unreadable } from '../http/index.ts';
import { MOST_EMPTY, MOST_PAGES } from './limits.ts';
import { type Account, accountsSchema } from './schemas.ts';

const mark = z.string().regex(/^[\w-]{1,64}$/);

/** Where a list goes on, and how much of it there was: what tells an endless one. */
const place = z.object({ before: mark, pages: z.int().min(0), empty: z.int().min(0) });
export type Place = z.output<typeof place>;

/** `lied`: the server led on to what can't be the rest of this list. */
export type Page = { accounts: (Account | null)[]; next: Place | null; lied: boolean };

/** Where a stored cursor leads. */
export const placeSchema = place;

/**
 * Reads one page. The address in `Link: …; rel="next"` is never gone to: only its `max_id` is taken, the rest is ours. It has
 * to be older than the one before it, so a list can't lead in a circle; and no list is endless:
 * `most` is how many pages it may have.
 */
export function readPage(answer: HttpResponse<unknown>, at: Place | null, most = MOST_PAGES): Page {
  const read = accountsSchema.safeParse(answer.data);
  if (!read.success) throw new Unreadable('no list of accounts');
  const accounts = read.data;
  const link = answer.headers.get('link');
  const target = link === null ? null : nextIn(link);
  if (target === null) return { accounts, next: null, lied: false };
  const before = mark.safeParse(
    URL.canParse(target, 'https://x') ? new URL(target, 'https://x').searchParams.get('max_id') : null,
  );
  const pages = (at?.pages ?? 0) + 1;
  const empty = accounts.length === 0 ? (at?.empty ?? 0) + 1 : 0;
  const believable =
    before.success && (at === null || isOlder(before.data, at.before)) && pages < most && empty < MOST_EMPTY;
  return believable
    ? { accounts, next: { before: before.data, pages, empty }, lied: false }
    : { accounts, next: null, lied: true };
}

/** The target of the link that leads on: RFC 8288. */
function nextIn(header: string): string | null {
  for (const [, target, parameters] of header.slice(0, 4_000).matchAll(/<([^<>]*)>([^<]*)/g)) {
    if (/;\s*rel="?next"?\s*(?:[;,]|$)/i.test(parameters ?? '')) return target ?? null;
  }
  return null;
}

/** Ids of all makes grow with time: numbers by length first, ULIDs and flakes are all as long. */
function isOlder(one: string, than: string): boolean {
  return one.length === than.length ? one < than : one.length < than.length;
}
