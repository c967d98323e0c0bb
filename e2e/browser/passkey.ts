import { expect, type Page } from '@playwright/test';
import pg from 'pg';
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

/**
 * The same for a passkey that its owner has had for a while: one of today spares nobody the day's wait. Days pass in the
 * database, since passkeys are dated in real time.
 */
export async function addOldPasskey(page: Page, device: Device, who: string): Promise<void> {
  await addPasskey(page, device, 'My laptop');
  await backdate('UPDATE passkeys SET created_at = created_at - $2::interval WHERE user_id = $1', who, '2 days');
}

/** What somebody has shown of themselves in their sessions is an hour old from here on: they are asked for it again. */
export async function outlastProof(email: string): Promise<void> {
  await backdate('UPDATE sessions SET verified_at = verified_at - $2::interval WHERE user_id = $1', email, '1 hour');
}

async function backdate(statement: string, email: string, by: string): Promise<void> {
  const client = new pg.Client(process.env.ADMIN_DATABASE_URL);
  await client.connect();
  const { rows } = await client.query<{ id: string }>('SELECT id FROM users WHERE email = $1 OR name = $1', [email]);
  await client.query(statement, [rows[0]?.id, by]);
  await client.end();
}
