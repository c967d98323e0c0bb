import type { BrowserContext } from '@playwright/test';
import { accountRow, connect, preview, raise, signIn } from './member.ts';
import { expect, test } from './test.ts';
import { addAccount, fresh, PASSWORD, sandbox } from './world.ts';

/** Every address that the browser asks for, and every one that it shows. */
function listen(context: BrowserContext): string[] {
  const seen: string[] = [];
  context.on('request', (request) => seen.push(request.url(), request.headers().referer ?? ''));
  context.on('page', (page) => page.on('framenavigated', (frame) => seen.push(frame.url())));
  return seen;
}

test('no address holds a handle, a name or what was typed', async ({ page, context }) => {
  const handle = await addAccount({ password: PASSWORD, followers: 8 });
  const troll = await addAccount({ followers: 30, displayName: 'Loud' });
  await sandbox().perform({ do: 'follow', account: `${handle}#0`, subject: troll });
  await signIn(page);
  const seen = listen(context);
  page.on('framenavigated', (frame) => seen.push(frame.url()));
  await connect(page, handle);
  await expect(accountRow(page, handle)).toBeVisible();
  await preview(page, troll);
  await page.getByText('Show 1 person who is spared').click();
  await page.getByRole('button', { name: /^Always spare / }).click();
  await expect(page.getByText('On your list', { exact: true })).toBeVisible();
  await raise(page);
  await expect(page.locator('[data-state=holding]')).toBeVisible();
  await page.getByRole('link', { name: 'People you spare' }).click();
  await page.getByRole('button', { name: /^Take off the list: / }).click();
  await page.goto('/members');
  const email = `${fresh('helper')}@example.org`;
  await page.getByLabel('Their e-mail address').fill(email);
  await page.getByRole('button', { name: 'Send the invitation' }).click();
  await page.goto('/settings');

  expect(seen.length).toBeGreaterThan(50);
  const words = [handle, troll, handle.split('.')[0], troll.split('.')[0], email.split('@')[0], 'sandbox.test', 'did:'];
  const telling = seen.filter((url) => words.some((word) => decodeURIComponent(url).includes(String(word))));
  expect(telling).toEqual([]);
  // What tRPC is asked with is never in an address; only the stream is opened by one.
  const asked = seen.filter((url) => url.includes('/api/trpc/') && url.includes('input='));
  expect(asked.filter((url) => !url.includes('/api/trpc/events.follow?'))).toEqual([]);
});
