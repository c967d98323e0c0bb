/** The scripts that a page may run: those that carry its nonce, or those whose hashes are known. */
export type Scripts = { nonce: string } | { hashes: readonly string[] };

/** The request's header in which a page finds its nonce; none where it was built beforehand. */
export const NONCE = 'x-nonce';

/** React's development build makes functions from text to show where an error came from. */
const DEBUGGING = "'unsafe-eval'";

/**
 * What a page may load: only what is ours. A page made for one request runs the scripts that carry its nonce and what
 * they load; one that was built beforehand runs our files and the inline scripts that it was built with.
 */
export function contentPolicy(scripts: Scripts, { https, development }: { https: boolean; development: boolean }) {
  const allowed =
    'nonce' in scripts ? [`'nonce-${scripts.nonce}'`, "'strict-dynamic'"] : scripts.hashes.map((hash) => `'${hash}'`);
  return [
    "default-src 'self'",
    ["script-src 'self'", ...allowed, ...(development ? [DEBUGGING] : [])].join(' '),
    "script-src-attr 'none'",
    development ? "style-src 'self' 'unsafe-inline'" : "style-src 'self'",
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
