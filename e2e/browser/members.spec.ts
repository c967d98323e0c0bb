import type { Page } from '@playwright/test';
import { look } from './look.ts';
import { connect, preview, raise, signIn } from './member.ts';
import { expect, test } from './test.ts';
import { addAccount, fresh, PASSWORD } from './world.ts';

/** Opens the newest mail to an address. */
async function openMail(page: Page, email: string): Promise<void> {
  await page.goto('/dev/mail');
  const mail = page
    .getByRole('article')
    .filter({ hasText: `To ${email}` })
    .first();
  await mail.getByRole('link', { name: 'Open the link' }).click();
}

test('a helper’s whole day: invited, sees what is granted, does it, and is gone', async ({ page, browser }) => {
  const [mine, other] = [await addAccount({ password: PASSWORD }), await addAccount({ password: PASSWORD })];
  const troll = await addAccount({ followers: 3 });
  await signIn(page);
  await connect(page, mine);
  await connect(page, other);

  await page.getByRole('link', { name: 'Settings' }).click();
  await expect(page.getByRole('heading', { name: 'Settings' })).toBeVisible();
  await look(page, 'settings');
  await page.getByRole('link', { name: 'Members and helpers' }).click();
  await page
    .getByLabel('What helpers should know and keep to')
    .fill('Never block journalists.\nAsk me first at night.');
  await page.getByRole('button', { name: 'Save your wishes' }).click();
  await expect(page.getByText('Saved.')).toBeVisible();
  const email = `${fresh('helper')}@example.org`;
  await page.getByLabel('Their e-mail address').fill(email);
  await page.getByRole('button', { name: 'Send the invitation' }).click();
  await expect(page.getByText('Choose at least one account.')).toBeVisible();
  await page.getByRole('checkbox', { name: `@${mine}` }).check();
  await page.getByRole('checkbox', { name: 'raise shields' }).check();
  await page.getByRole('button', { name: 'Send the invitation' }).click();
  await expect(page.getByText(`Sent to ${email}.`)).toBeVisible();
  await expect(page.getByRole('list', { name: 'Invited, not here yet' })).toContainText(email);
  await look(page, 'members-invited');

  const context = await browser.newContext();
  const helper = await context.newPage();
  await openMail(helper, email);
  await expect(helper.getByText('Sign in with the address that got the invitation')).toBeVisible();
  expect(helper.url()).not.toContain('#');
  await look(helper, 'invitation-signed-out');
  await signIn(helper, email);
  await helper.goto('/invitation');
  await expect(helper.getByText('You would be a helper')).toBeVisible();
  await look(helper, 'invitation');
  await helper.getByRole('button', { name: 'Accept' }).click();
  await expect(helper.getByText('Never block journalists.')).toBeVisible();
  await expect(helper.getByText(`@${mine}: look, prepare shields and raise shields`)).toBeVisible();
  await look(helper, 'helper-shields');
  await helper.goto('/accounts');
  await expect(helper.getByText(mine, { exact: false }).first()).toBeVisible();
  await expect(helper.getByText(other)).toHaveCount(0);
  await preview(helper, troll);
  await expect(helper.getByText(/^The whole crowd is listed/)).toBeVisible();
  await raise(helper);
  await helper.goto('/members');
  await expect(helper.getByText('You are not allowed to do this.').first()).toBeVisible();

  await page.goto('/members');
  await page.getByRole('button', { name: `Remove ${email}` }).click();
  await look(page, 'members-remove');
  await page.getByRole('dialog').getByRole('button', { name: 'Remove' }).click();
  await expect(page.getByText(email)).toHaveCount(0);
  await helper.goto('/shields');
  await expect(helper.getByText('No shields yet')).toBeVisible();
  await expect(helper.getByText('You are helping')).toHaveCount(0);
  await page.goto('/shields');
  await expect(page.getByText(troll).first()).toBeVisible();
  await context.close();
});

test('an organisation is started, and somebody is at home in two tenants', async ({ page }) => {
  await signIn(page);
  await page.goto('/settings');
  await page.getByLabel('Name of the organisation').fill('The Gazette');
  await page.getByRole('button', { name: 'Start it' }).click();
  await expect(page.getByRole('heading', { name: 'Members and helpers' })).toBeVisible();
  const choice = page.getByLabel('Acting for');
  await expect(choice.locator('option:checked')).toHaveText('The Gazette');
  await look(page, 'members-organisation');
  await choice.selectOption({ index: 1 });
  await expect(page.getByText('No shields yet')).toBeVisible();
  await expect(choice.locator('option:checked')).not.toHaveText('The Gazette');
});
