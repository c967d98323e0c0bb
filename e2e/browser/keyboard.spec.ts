import type { Locator, Page } from '@playwright/test';
import { plugIn } from './authenticator.ts';
import { signIn } from './member.ts';
import { expect, test } from './test.ts';
import { addAccount, fresh, PASSWORD } from './world.ts';

/** Presses Tab until `wanted` has the focus, and checks that one sees it there. */
async function tabTo(page: Page, wanted: Locator): Promise<void> {
  for (let i = 0; i < 80; i++) {
    await page.keyboard.press('Tab');
    if (await wanted.evaluate((element) => element === document.activeElement)) {
      const width = await wanted.evaluate((element) => Number.parseFloat(getComputedStyle(element).outlineWidth));
      const labelled = await wanted.evaluate((element) => {
        const label = element.closest('label');
        return label ? Number.parseFloat(getComputedStyle(label).outlineWidth) : 0;
      });
      expect(Math.max(width, labelled)).toBeGreaterThanOrEqual(2);
      return;
    }
  }
  throw new Error(`Tab never reached ${wanted}`);
}

async function press(page: Page, wanted: Locator, key = 'Enter'): Promise<void> {
  await wanted.waitFor();
  await tabTo(page, wanted);
  await page.keyboard.press(key);
}

test('everything can be done with the keyboard alone', async ({ page }) => {
  const handle = await addAccount({ password: PASSWORD, followers: 3 });
  const troll = await addAccount({ followers: 25 });
  const button = (name: string | RegExp) => page.getByRole('button', { name });

  await page.goto('/');
  await page.keyboard.press('Tab');
  await expect(page.getByRole('link', { name: 'Skip to the content' })).toBeFocused();
  await page.keyboard.press('Enter');
  await press(page, page.getByRole('link', { name: 'Sign in', exact: true }).first());
  const email = `${fresh('member')}@example.org`;
  await page.getByLabel('E-mail address').waitFor();
  await tabTo(page, page.getByLabel('E-mail address'));
  await page.keyboard.type(email);
  await page.keyboard.press('Enter');
  await expect(page.getByRole('heading', { name: 'Look in your mailbox' })).toBeVisible();
  await press(page, page.getByRole('link', { name: 'Open the demo’s mailbox' }));
  await press(page, page.getByRole('article').filter({ hasText: email }).getByRole('link', { name: 'Open the link' }));
  await press(page, button('Sign in'));

  await press(page, page.getByRole('link', { name: 'Connect an account' }));
  await page.getByText('Use an app password instead (Bluesky)').waitFor();
  await press(page, page.getByText('Use an app password instead (Bluesky)'));
  await page.getByLabel('Your Bluesky handle').waitFor();
  await tabTo(page, page.getByLabel('Your Bluesky handle'));
  await page.keyboard.type(handle);
  await page.keyboard.press('Tab');
  await page.keyboard.type(PASSWORD);
  await page.keyboard.press('Enter');
  await expect(page.getByText('Ready', { exact: true })).toBeVisible();
  await page.reload();
  await press(page, page.getByRole('link', { name: 'New shield' }));

  await page.getByLabel('Who is it coming from?').waitFor();
  await tabTo(page, page.getByLabel('Who is it coming from?'));
  await page.keyboard.type(troll);
  await tabTo(page, page.getByRole('radio', { name: 'Block' }));
  await page.keyboard.press('ArrowDown');
  await expect(page.getByRole('radio', { name: 'Mute' })).toBeChecked();
  await page.keyboard.press('ArrowUp');
  await press(page, button('Look at what it would do'));
  await expect(page.getByText(/^The whole crowd is listed/)).toBeVisible();
  await press(page, button('Raise the shield'));
  await expect(page.locator('[data-state=holding]')).toBeVisible();

  await press(page, button('Undo everything'));
  await expect(page.getByRole('dialog')).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(page.getByRole('dialog')).toBeHidden();
  await expect(button('Undo everything')).toBeFocused();
  await page.keyboard.press('Enter');
  await press(page, page.getByRole('dialog').getByRole('button', { name: 'Undo everything' }));
  await expect(page.locator('[data-state]')).toHaveText(/^Undone\. /);
});

test('a passkey is made, renamed and confirmed with the keyboard alone', async ({ page }) => {
  const device = await plugIn(page);
  await device.touch(true);
  await signIn(page);
  await page.goto('/settings/security');
  await page.getByLabel('Name', { exact: true }).waitFor();
  await tabTo(page, page.getByLabel('Name', { exact: true }));
  await page.keyboard.type('My laptop');
  await page.keyboard.press('Enter');
  await press(page, page.getByRole('button', { name: 'Rename My laptop' }));
  await expect(page.getByRole('list', { name: 'Your passkeys' }).getByLabel('Name', { exact: true })).toBeFocused();
  await page.keyboard.press('ControlOrMeta+A');
  await page.keyboard.type('Old laptop');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('button', { name: 'Rename Old laptop' })).toBeFocused();
  await press(page, page.getByRole('button', { name: 'Remove Old laptop' }));
  await expect(page.getByText('Old laptop was removed.')).toBeFocused();
  await expect(page.getByText('Add a passkey', { exact: true })).toBeVisible();
  await press(page, page.getByRole('button', { name: 'End all, this one too' }));
  await press(page, page.getByRole('dialog').getByRole('button', { name: 'Sign out everywhere' }));
  await expect(page.getByRole('link', { name: 'Sign in', exact: true }).first()).toBeVisible();
});
