import type { Page } from '@playwright/test';
import { look } from './look.ts';
import { accountRow, connect, openLink, preview, raise, sendConnect, signIn } from './member.ts';
import { expect, test } from './test.ts';
import { addAccount, blocksOf, fault, PASSWORD, sandbox } from './world.ts';

/** Each test has a member with an account of their own. */
async function member(page: Page): Promise<string> {
  const handle = await addAccount({ password: PASSWORD, followers: 12 });
  await signIn(page);
  await connect(page, handle);
  return handle;
}

/** The form again, with what was typed. */
async function keptAfterChange(page: Page, query: string): Promise<void> {
  await page.getByRole('button', { name: 'Change' }).click();
  await expect(page.getByLabel('Who is it coming from?')).toHaveValue(query);
  await expect(page.getByLabel('For how long')).toHaveValue('3d');
}

test('a handle that nobody has', async ({ page }) => {
  await member(page);
  await preview(page, 'nobody-here.sandbox.test', '3 days');
  await expect(page.getByText('There is no account with this handle.')).toBeVisible();
  await expect(page.getByRole('button', { name: 'Raise the shield' })).toHaveCount(0);
  await look(page, 'preview-unknown');
  await keptAfterChange(page, 'nobody-here.sandbox.test');
});

test('oneself', async ({ page }) => {
  const own = await member(page);
  await preview(page, own, '3 days');
  await expect(page.getByText('This is your own account.')).toBeVisible();
  await keptAfterChange(page, own);
});

test('an account that its owner has put away', async ({ page }) => {
  await member(page);
  const troll = await addAccount({ followers: 20 });
  await sandbox().perform({ do: 'set-status', account: troll, status: 'deactivated' });
  await preview(page, troll, '3 days');
  await expect(page.getByText('This account has been put away by its owner.')).toBeVisible();
  await keptAfterChange(page, troll);
});

test('a crowd of five million', async ({ page }) => {
  await member(page);
  await preview(page, 'legion.sandbox.test', '3 days');
  await expect(page.getByText('This crowd is too large for one shield.')).toBeVisible();
  await expect(
    page.getByText(/^5,000,000 accounts are more than the [\d,]+ that one shield can cover\.$/),
  ).toBeVisible();
  await expect(page.getByRole('button', { name: 'Raise the shield' })).toHaveCount(0);
  await look(page, 'preview-too-large');
  await keptAfterChange(page, 'legion.sandbox.test');
  await page.getByLabel('Everyone who follows it').uncheck();
  await page.getByRole('button', { name: 'Look at what it would do' }).click();
  await expect(page.getByRole('button', { name: 'Raise the shield' })).toBeVisible();
});

test('a network that is down, and comes back', async ({ page }) => {
  await member(page);
  const troll = await addAccount({ followers: 40 });
  const mend = await fault({ kind: '503', account: troll });
  await preview(page, troll, '3 days');
  await expect(page.getByText('The network doesn’t answer right now.')).toBeVisible();
  await look(page, 'preview-network-down');
  await mend();
  await expect(page.getByText(/^The whole crowd is listed/)).toBeVisible({ timeout: 60_000 });
});

test('an app password that is wrong, then right', async ({ page }) => {
  const handle = await addAccount({ password: PASSWORD });
  await signIn(page);
  await sendConnect(page, handle, 'wrong-wrong-wrong-wron');
  const row = accountRow(page, handle);
  await expect(row.getByText('The network didn’t accept this handle and app password.')).toBeVisible();
  await look(page, 'accounts-refused');
  await row.getByText('Give a new app password instead').click();
  await row.getByRole('textbox', { name: 'App password' }).fill(PASSWORD);
  await row.getByRole('button', { name: 'Connect again' }).click();
  await expect(row.getByText('Ready', { exact: true })).toBeVisible();
});

test('the main password of an account with a second factor', async ({ page }) => {
  const handle = await addAccount({ password: PASSWORD, secondFactor: true });
  await signIn(page);
  await sendConnect(page, handle, PASSWORD);
  await expect(accountRow(page, handle).getByText('The network asks for a second code.')).toBeVisible();
});

test('an app password that is taken back while a shield works', async ({ page }) => {
  const handle = await member(page);
  const troll = await addAccount({ followers: 300 });
  await preview(page, troll);
  await expect(page.getByText(/^The whole crowd is listed/)).toBeVisible();
  await sandbox().addFault({
    kind: 'token-revoked',
    account: handle,
    method: 'com.atproto.repo.applyWrites',
    count: 1,
  });
  await raise(page);
  await expect(page.getByText(`@${handle} needs connecting again`)).toBeVisible();
  await look(page, 'shield-revoked');
  const held = await blocksOf(handle);
  expect(held.size).toBeLessThan(300);
  await page.getByRole('link', { name: 'Go to accounts' }).click();
  const row = accountRow(page, handle);
  await expect(row.getByText('Needs connecting again', { exact: true })).toBeVisible();
  await look(page, 'accounts-revoked');
  await row.getByText('Give a new app password instead').click();
  await row.getByRole('textbox', { name: 'App password' }).fill(PASSWORD);
  await row.getByRole('button', { name: 'Connect again' }).click();
  await expect(row.getByText('Ready', { exact: true })).toBeVisible();
  await page.getByRole('link', { name: 'Shields', exact: true }).click();
  await page.getByRole('link', { name: `@${troll}` }).click();
  await expect(page.locator('[data-state=holding]')).toBeVisible();
});

test('a session that has run out loses nothing that was typed', async ({ page, context }) => {
  const email = await signIn(page);
  await connect(page, await addAccount({ password: PASSWORD }));
  await page.goto('/shields/new');
  await page.getByLabel('Who is it coming from?').fill('grudge.sandbox.test');
  await page.getByLabel('For how long').selectOption('3d');
  await page.getByLabel('Mute', { exact: true }).check();
  await context.clearCookies();
  await page.getByRole('button', { name: 'Look at what it would do' }).click();
  const notice = page.getByRole('alert').filter({ hasText: 'You have been signed out' });
  await expect(notice).toBeVisible();
  await look(page, 'session-over');
  await notice.getByRole('link', { name: 'Sign in again' }).click();
  await openLink(page, email);
  await page.getByRole('button', { name: 'Sign in' }).click();
  await expect(page.getByLabel('Who is it coming from?')).toHaveValue('grudge.sandbox.test');
  await expect(page.getByLabel('For how long')).toHaveValue('3d');
  await expect(page.getByLabel('Mute', { exact: true })).toBeChecked();
});

test('a form that is sent empty says what it lacks and goes there', async ({ page }) => {
  await member(page);
  await page.goto('/shields/new');
  await page.getByLabel('The account itself').uncheck();
  await page.getByLabel('Everyone who follows it').uncheck();
  await page.getByRole('button', { name: 'Look at what it would do' }).click();
  await expect(page.getByText('Type a handle or paste a link.')).toBeVisible();
  await expect(page.getByText('Choose whom to cover.')).toBeVisible();
  await expect(page.getByLabel('Who is it coming from?')).toBeFocused();
  await look(page, 'new-shield-lacking');
});
