import { join } from 'node:path';
import type { BrowserContext } from '@playwright/test';
import { readBuiltPages } from '../../apps/web/src/policy/built-pages.ts';
import { inlineOf } from '../../apps/web/src/policy/inline.ts';
import { newId } from '../../packages/base/src/index.ts';
import { signIn } from './member.ts';
import { expect, test } from './test.ts';

const { all } = readBuiltPages(join(import.meta.dirname, '../../apps/web/.next'));

/** Every page there is, and one that isn't. What a page's address leaves open is somebody's that doesn't exist. */
const PAGES = [
  // What Next builds to serve when a whole page fails has no address of its own.
  ...all.filter(({ page }) => page !== '/_global-error'),
  { page: '/no-such-page', built: true },
].map(({ page, built }) => ({ path: page.replace(/\[\w+\]/g, newId()), page, built }));

const directive = (policy: string, name: string) =>
  policy
    .split('; ')
    .find((one) => one.startsWith(`${name} `))
    ?.split(' ')
    .slice(1) ?? [];

/** Keeps what the browser was kept from doing by a page's policy. */
async function listen(context: BrowserContext): Promise<string[]> {
  const violations: string[] = [];
  await context.exposeFunction('tellViolation', (text: string) => violations.push(text));
  await context.addInitScript(() => {
    document.addEventListener('securitypolicyviolation', ({ violatedDirective, blockedURI, sourceFile }) => {
      const { tellViolation } = window as unknown as { tellViolation(text: string): void };
      tellViolation(`${location.pathname}: ${violatedDirective} ${blockedURI} ${sourceFile}`);
    });
  });
  return violations;
}

test('there are pages of both kinds to look at', () => {
  expect(PAGES.filter(({ built }) => built).length).toBeGreaterThan(1);
  expect(PAGES.filter(({ built }) => !built).length).toBeGreaterThan(5);
});

/** What a page and its policy say of each other; the nonce where there is one, null where the page leads elsewhere. */
function judge(name: string, built: boolean, answer: { status: number; policies: string[]; html: string }) {
  const { status, policies, html } = answer;
  if (status >= 300 && status < 400) return null;
  expect([name, policies.length]).toEqual([name, 1]);
  const policy = policies[0] ?? '';
  const scripts = directive(policy, 'script-src');
  expect([name, policy.includes('unsafe-eval'), scripts.includes("'unsafe-inline'")]).toEqual([name, false, false]);
  expect(html, name).not.toMatch(/<[^>]+\son[a-z]+=/i);
  if (built) {
    const known = (sources: string[]) => sources.filter((one) => one !== "'self'").map((one) => one.slice(1, -1));
    const allowed = { scripts: known(scripts), styles: known(directive(policy, 'style-src')) };
    expect([name, allowed]).toEqual([name, inlineOf(html)]);
    return '';
  }
  const [nonce = ''] = scripts.flatMap((one) => /^'nonce-(.+)'$/.exec(one)?.[1] ?? []);
  const tags = [...html.matchAll(/<script\b[^>]*>/g)].map(([tag]) => tag);
  expect(tags.length, name).toBeGreaterThan(0);
  expect([name, tags.filter((tag) => !tag.includes(`nonce="${nonce}"`))]).toEqual([name, []]);
  return nonce;
}

test('every page allows exactly the scripts that it has', async ({ page, request }) => {
  await signIn(page);
  const nonces: string[] = [];
  const unseen: string[] = [];
  for (const { path, page: name, built } of PAGES) {
    let seen = false;
    // As a member, and as a stranger.
    for (const context of [page.request, request]) {
      const answer = await context.get(path, { maxRedirects: 0 });
      const headers = answer.headersArray().filter((header) => header.name.toLowerCase() === 'content-security-policy');
      const policies = headers.map(({ value }) => value);
      const nonce = judge(name, built, { status: answer.status(), policies, html: await answer.text() });
      if (nonce) nonces.push(nonce);
      seen ||= nonce !== null;
    }
    if (!seen) unseen.push(name);
  }
  expect(new Set(nonces).size).toBe(nonces.length);
  // Only seen by who has shown a mailbox and not yet a passkey.
  expect(unseen).toEqual(['/sign-in/second']);
});

test('no page is kept from anything by its own policy', async ({ page, context }) => {
  const violations = await listen(context);
  await signIn(page);
  for (const { path } of PAGES) {
    await page.goto(path);
    await page.waitForLoadState('load');
    // Whatever the page has of its own has run once it is alive.
    if (path === '/help') continue;
    await page.waitForFunction(() =>
      Object.keys(document.querySelector('main') ?? {}).some((key) => /^__react/.test(key)),
    );
  }
  expect(violations).toEqual([]);
});

test('a script that somebody got onto a page does not run', async ({ page, context, faults }) => {
  const violations = await listen(context);
  await signIn(page);
  for (const path of ['/', '/shields', '/no-such-page']) {
    await page.route(`**${path}`, async (route) => {
      const answer = await route.fetch();
      const body = (await answer.text()).replace(
        '</body>',
        '<script>window.planted = 1</script><img src="/x" onerror="window.planted = 2" alt=""></body>',
      );
      await route.fulfill({ response: answer, body });
    });
    await page.goto(path);
    await expect.poll(() => violations.filter((one) => one.startsWith(`${path}:`)).length).toBeGreaterThan(0);
    expect(await page.evaluate(() => (window as unknown as { planted?: number }).planted)).toBeUndefined();
  }
  // The browser's own words about it: the only faults of these pages.
  expect(faults.splice(0).filter((fault) => !/violates the following Content Security Policy/.test(fault))).toEqual([]);
});

test('every answer carries the headers that keep other sites out', async ({ page, request }) => {
  await page.goto('/');
  const script = await page.locator('script[src]').first().getAttribute('src');
  for (const path of ['/', '/sign-in', '/no-such-page', '/api/health', '/api/trpc/quotas.get', String(script)]) {
    const headers = (await request.get(path)).headers();
    expect([path, headers], path).toEqual([
      path,
      expect.objectContaining({
        'x-content-type-options': 'nosniff',
        'x-frame-options': 'DENY',
        'referrer-policy': 'same-origin',
        'cross-origin-opener-policy': 'same-origin',
        'cross-origin-resource-policy': 'same-origin',
      }),
    ]);
    expect(headers['permissions-policy']).toContain('geolocation=()');
    expect(headers['x-powered-by']).toBeUndefined();
  }
});

test('no address is without a policy, and what is no page may load nothing', async ({ request }) => {
  const policyAt = async (path: string) => (await request.get(path)).headers()['content-security-policy'] ?? '';
  for (const path of ['/iconx', '/icon/x', '/favicon.icox', '/apix']) {
    expect([path, directive(await policyAt(path), 'script-src')]).toEqual([path, expect.arrayContaining(["'self'"])]);
  }
  for (const path of ['/api/no-such-thing', '/api/health', '/api/trpc/quotas.get']) {
    expect([path, directive(await policyAt(path), 'default-src')]).toEqual([path, ["'none'"]]);
    expect([path, (await request.get(path)).headers()['cache-control']]).toEqual([
      path,
      expect.stringContaining('no-store'),
    ]);
  }
});
