import type { Product } from './product.ts';

/** What somebody who has just started the product wants to know. */
export function welcome({ url, sandboxUrl }: Pick<Product, 'url' | 'sandboxUrl'>): string {
  return `
Secateur runs at ${url}

  Sign in   with any e-mail address; the mail with the link appears here and at ${url}/mail
  Try       the accounts and the clock of the pretend network are at ${sandboxUrl}
  Stop      with Ctrl-C; everything is kept for the next start
`;
}
