import { expect, type Page } from '@playwright/test';
import type { Device } from './authenticator.ts';

/** What the user's list of passkeys holds. */
export const passkeys = (page: Page) => page.getByRole('list', { name: 'Your passkeys' }).getByRole('listitem');

/** Makes a passkey with the authenticator that is plugged in. */
export async function addPasskey(page: Page, device: Device, name: string): Promise<void> {
  await page.goto('/settings/security');
  await page.getByLabel('Name', { exact: true }).fill(name);
  await device.touch(true);
  await page.getByRole('button', { name: 'Make the passkey' }).click();
  await expect(passkeys(page).filter({ hasText: name })).toBeVisible();
  await device.touch(false);
}
