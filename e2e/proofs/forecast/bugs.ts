import { LISTING_PACES } from '@secateur/core/shields/policy';
import pg from 'pg';

/** What a forecast may forget; each is seeded into the forecast, and nothing else is. */
export const BUGS = ['no-paging', 'no-sharing', 'no-cap'] as const;
export type Bug = (typeof BUGS)[number];

type Asked = { text: string; values?: unknown[] };

/**
 * `no-paging`: as if lists could be paged through at once. `no-sharing`: as if an account's other shields spent nothing of its budget.
 * `no-cap`: as if a tenant might spend whatever it liked. Returns what ends it.
 */
export function seed(bug: Bug | null): () => void {
  switch (bug) {
    case null:
      return () => {};
    case 'no-paging': {
      const { members } = LISTING_PACES.mastodon;
      LISTING_PACES.mastodon.members = Number.MAX_SAFE_INTEGER;
      return () => {
        LISTING_PACES.mastodon.members = members;
      };
    }
    case 'no-sharing':
      // The one question that tells what runs on an account besides a preview.
      return rewrite((text) =>
        /"undoneAt",\s+c\.first_done_at/.test(text) ? text.replace('WHERE', 'WHERE false AND') : text,
      );
    case 'no-cap':
      return rewrite((text) =>
        /^SELECT\b.*"spending_caps"/s.test(text)
          ? text.replace('"public"."spending_caps"."micro_dollars"', '9000000000000000::bigint AS "micro_dollars"')
          : text,
      );
  }
}

function rewrite(change: (text: string) => string): () => void {
  const ask = pg.Client.prototype.query as (...args: unknown[]) => unknown;
  const patched = function query(this: object, config: string | Asked, ...rest: unknown[]) {
    if (typeof config === 'string') return ask.call(this, config, ...rest);
    return ask.call(this, { ...config, text: change(config.text) }, ...rest);
  };
  pg.Client.prototype.query = patched as typeof pg.Client.prototype.query;
  return () => {
    pg.Client.prototype.query = ask as typeof pg.Client.prototype.query;
  };
}
