/** Headers of every answer. The content policy is not among them: a page with data in it gets one with a nonce. */
export const FIXED_HEADERS = [
  { key: 'X-Content-Type-Options', value: 'nosniff' },
  { key: 'X-Frame-Options', value: 'DENY' },
  // The address of a page says which shield somebody looks at.
  { key: 'Referrer-Policy', value: 'same-origin' },
  { key: 'Cross-Origin-Opener-Policy', value: 'same-origin' },
  { key: 'Cross-Origin-Resource-Policy', value: 'same-origin' },
  { key: 'Permissions-Policy', value: 'camera=(), microphone=(), geolocation=(), browsing-topics=()' },
] as const;

/**
 * What a page may load: only what is ours. With a nonce only the scripts that carry it and what they load run; a page
 * that is built beforehand has none and allows its own inline scripts.
 */
export function contentPolicy(nonce: string | null, development: boolean): string {
  const scripts = nonce ? `'nonce-${nonce}' 'strict-dynamic'` : "'unsafe-inline'";
  // React's development build makes functions from text to show where an error came from.
  const debugging = development ? " 'unsafe-eval'" : '';
  return [
    "default-src 'self'",
    `script-src 'self' ${scripts}${debugging}`,
    "style-src 'self' 'unsafe-inline'",
    "img-src 'self' data:",
    "font-src 'self'",
    "connect-src 'self'",
    "object-src 'none'",
    "base-uri 'none'",
    "form-action 'self'",
    "frame-ancestors 'none'",
  ].join('; ');
}
