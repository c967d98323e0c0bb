import type { Inline } from './inline.ts';

/** What of its own a page may run: scripts that carry its nonce, or what it was built with. */
export type Own = { nonce: string } | Inline;

/** The request's header in which a page finds its nonce; none where it was built beforehand. */
export const NONCE = 'x-nonce';

/** React's development build makes functions from text to show where an error came from. */
const DEBUGGING = "'unsafe-eval'";

/**
 * What a page may load: only what is ours. A page made for one request runs the scripts that carry its nonce and what
 * they load; one that was built beforehand runs our files and the inline scripts that it was built with.
 */
export function contentPolicy(own: Own, { https, development }: { https: boolean; development: boolean }) {
  const scripts = 'nonce' in own ? [`'nonce-${own.nonce}'`, "'strict-dynamic'"] : own.scripts.map(quoted);
  const styles = 'nonce' in own ? [] : own.styles.map(quoted);
  return [
    "default-src 'self'",
    ["script-src 'self'", ...scripts, ...(development ? [DEBUGGING] : [])].join(' '),
    "script-src-attr 'none'",
    ["style-src 'self'", ...styles, ...(development ? ["'unsafe-inline'"] : [])].join(' '),
    "style-src-attr 'unsafe-inline'",
    "img-src 'self' data:",
    "font-src 'self'",
    "connect-src 'self'",
    "frame-src 'none'",
    "worker-src 'none'",
    "object-src 'none'",
    "base-uri 'none'",
    "form-action 'self'",
    "frame-ancestors 'none'",
    ...(https ? ['upgrade-insecure-requests'] : []),
  ].join('; ');
}

function quoted(hash: string): string {
  return `'${hash}'`;
}
