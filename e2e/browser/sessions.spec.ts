import type { Browser, Page } from '@playwright/test';
import { look } from './look.ts';
import { signIn } from './member.ts';
import { expect, test } from './test.ts';

/** The same person in another browser. */
async function elsewhere(browser: Browser, email: string): Promise<Page> {
  const context = await browser.newContext();
  const page = await context.newPage();
  await signIn(page, email);
  return page;
}

const sessions = (page: Page) => page.getByRole('list', { name: 'Browsers that are signed in' }).getByRole('listitem');

test('a session that is ended elsewhere is over at once, with its stream', async ({ page, browser }) => {
  const email = await signIn(page);
  const other = await elsewhere(browser, email);
  const streamed = other.waitForRequest((request) => request.url().includes('events.follow'));
  await other.goto('/people');
  await streamed;
  await page.getByRole('link', { name: 'Settings' }).click();
  await page.getByRole('link', { name: 'Signing in' }).click();
  await expect(sessions(page)).toHaveCount(2);
  await expect(sessions(page).first()).toContainText('This browser');
  await look(page, 'settings-security');
  await sessions(page).nth(1).getByRole('button', { name: /^End / }).click();
  await expect(page.getByText('1 browser has been signed out.')).toBeFocused();
  await expect(sessions(page)).toHaveCount(1);
  // Nobody touches the other one: it hears of it by its stream.
  await expect(other.getByText('You have been signed out')).toBeVisible({ timeout: 8_000 });
  await other.reload();
  await expect(other.getByRole('heading', { name: 'Sign in' })).toBeVisible();
  await other.context().close();
});

test('an ended session’s cookie opens nothing any more', async ({ page, context, request }) => {
  await signIn(page);
  const cookies = (await context.cookies()).map(({ name, value }) => `${name}=${value}`).join('; ');
  const asked = () =>
    request.post('/api/trpc/shields.list', {
      headers: { cookie: cookies, 'sec-fetch-site': 'same-origin' },
      data: { json: { before: null } },
    });
  expect((await asked()).status()).toBe(200);
  await page.goto('/settings/security');
  await page.getByRole('button', { name: 'End all, this one too' }).click();
  await look(page, 'settings-end-all');
  await page.getByRole('button', { name: 'Sign out everywhere' }).click();
  await expect(page.getByRole('link', { name: 'Sign in', exact: true }).first()).toBeVisible();
  expect((await asked()).status()).toBe(401);
  const console = await request.get('/shields', { headers: { cookie: cookies }, maxRedirects: 0 });
  expect(console.status()).toBe(307);
  const stream = await request.get('/api/trpc/events.follow?input=%7B%22json%22%3A%7B%7D%7D', {
    headers: { cookie: cookies, 'sec-fetch-site': 'same-origin', accept: 'text/event-stream' },
  });
  const told = await stream.text();
  expect(told).toContain('not_signed_in');
  expect(told).not.toContain('resync');
});
