import type { Page } from '@playwright/test';
import { look } from './look.ts';
import { accountRow, signIn } from './member.ts';
import { expect, test } from './test.ts';
import { PASSWORD, sandbox } from './world.ts';

/** Somebody new on the sandbox's X; names there are short. */
async function person(): Promise<string> {
  const username = `x${Date.now().toString(36)}${Math.floor(Math.random() * 1_000)}`;
  await sandbox().perform({ do: 'add-x-accounts', accounts: [{ username, password: PASSWORD }] });
  return username;
}

async function connectX(page: Page, username: string): Promise<void> {
  await page.goto('/accounts');
  await page.getByLabel('Your handle on').first().fill(`@${username}`);
  await page.getByRole('button', { name: 'Connect with X' }).click();
  await expect(page.getByRole('heading', { name: 'Sign in to X (sandbox)' })).toBeVisible();
  await page.getByLabel('Username').fill(username);
  await page.getByLabel('Password').fill(PASSWORD);
  await page.getByRole('button', { name: 'Authorize app' }).click();
  await expect(accountRow(page, username).getByText('Ready', { exact: true })).toBeVisible();
}

test('an account on X is connected by consent; nothing may be spent before an owner says how much', async ({
  page,
}) => {
  await signIn(page);
  await connectX(page, await person());
  await look(page, 'accounts-x');

  await page.goto('/settings');
  await page.getByRole('link', { name: 'Spending' }).click();
  await expect(page.getByText('$0.00 of $0.00')).toBeVisible();
  await expect(page.getByText('Nothing may be spent')).toBeVisible();
  const limit = page.getByLabel('Most that may be spent in a month');
  await limit.fill('a lot');
  await page.getByRole('button', { name: 'Save the limit' }).click();
  await expect(page.getByText('Type an amount between 0 and 10,000')).toBeVisible();
  await expect(limit).toBeFocused();
  await look(page, 'spending-wrong');
  await limit.fill('25');
  await page.getByRole('button', { name: 'Save the limit' }).click();
  await expect(page.getByText('Saved. What waited goes on.')).toBeVisible();
  await expect(page.getByText('$0.00 of $25.00')).toBeVisible();
  await look(page, 'spending');

  await page.goto('/activity');
  await expect(page.getByText('You changed how much may be spent in a month.')).toBeVisible();
});
