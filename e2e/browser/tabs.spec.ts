import { accountRow, connect, preview, raise, sendConnect, signIn } from './member.ts';
import { expect, test } from './test.ts';
import { addAccount, fault, PASSWORD } from './world.ts';

test('eight open tabs all load and all follow, over one stream', async ({ page, context }) => {
  const handle = await addAccount({ password: PASSWORD });
  const troll = await addAccount({ followers: 40 });
  await signIn(page);
  await connect(page, handle);
  await preview(page, troll);
  await raise(page);
  await expect(page.locator('[data-state=holding]')).toBeVisible();
  const address = page.url();
  let streams = 0;
  context.on('request', (request) => {
    if (request.url().includes('events.follow')) streams += 1;
  });
  context.on('requestfinished', (request) => {
    if (request.url().includes('events.follow')) streams -= 1;
  });
  context.on('requestfailed', (request) => {
    if (request.url().includes('events.follow')) streams -= 1;
  });
  const tabs = [];
  for (let i = 0; i < 8; i++) {
    const tab = await context.newPage();
    await tab.goto(address);
    await expect(tab.locator('[data-state=holding]')).toBeVisible();
    tabs.push(tab);
  }
  expect(streams).toBeLessThanOrEqual(1);
  await page.bringToFront();
  await page.getByRole('button', { name: 'Undo everything' }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Undo everything' }).click();
  for (const tab of [page, ...tabs]) await expect(tab.locator('[data-state]')).toHaveText(/^Undone\. /);
});

test('without a stream a page asks for itself', async ({ page, context }) => {
  await context.route('**/api/trpc/events.follow**', (route) => route.abort());
  const handle = await addAccount({ password: PASSWORD });
  await signIn(page);
  const quicken = await fault({
    kind: 'slow',
    method: 'com.atproto.server.createSession',
    account: handle,
    latencyMs: 3_000,
  });
  await sendConnect(page, handle, PASSWORD);
  const row = accountRow(page, handle);
  await expect(row.getByText('Connecting…')).toBeVisible();
  await expect(row.getByText('Ready', { exact: true })).toBeVisible({ timeout: 30_000 });
  await quicken();
});
