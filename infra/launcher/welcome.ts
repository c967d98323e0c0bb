import type { Product } from './product.ts';

/** What somebody who has just started the product wants to know. The accounts are those of the sandbox's demo world. */
export function welcome({ url, sandboxUrl, mastodonHost }: Omit<Product, 'databaseUrls' | 'broken' | 'stop'>): string {
  const grudge = mastodonHost.replace(/\d+$/, (port) => String(Number(port) + 1));
  return `
Secateur runs at ${url}

  Sign in   with any e-mail address; the mail with the link appears here and at ${url}/dev/mail
  Connect   river.sandbox.test with the app password demo-demo-demo-demo
  Mastodon  sign in or connect as @river@${mastodonHost} with demo-demo-demo-demo;
            shield against @grudge@${grudge} (1,200 followers)
  Shield    on Bluesky against grudge.sandbox.test (1,200 followers) or megaphone.sandbox.test (12,000), for two minutes
  Watch     the pretend network at ${sandboxUrl}, where you can also move its clock
  Stop      with Ctrl-C; everything is kept for the next start
`;
}
