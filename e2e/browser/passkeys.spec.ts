import type { Page } from '@playwright/test';
import { type Device, plugIn } from './authenticator.ts';
import { look } from './look.ts';
import { connect, openLink, sendConnect, signIn } from './member.ts';
import { addPasskey, passkeys } from './passkey.ts';
import { expect, test } from './test.ts';
import { addAccount, PASSWORD } from './world.ts';

const dialogOf = (page: Page) => page.getByRole('dialog');

async function signOut(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'Sign out' }).click();
  await expect(page.getByRole('link', { name: 'Sign in', exact: true }).first()).toBeVisible();
}

/** Ends on the page that asks for the passkey. */
async function toSecondStep(page: Page, email: string): Promise<void> {
  await page.goto('/sign-in');
  await openLink(page, email);
  await page.getByRole('button', { name: 'Sign in' }).click();
  await expect(page.getByRole('heading', { name: 'One more step' })).toBeVisible();
}

/** Presses what asks for a passkey, and touches the device. */
async function show(page: Page, device: Device, button: string): Promise<void> {
  await device.touch(true);
  await page.getByRole('button', { name: button }).click();
}

test('a passkey is made, asked for after the link, and nothing opens without it', async ({ page }) => {
  const device = await plugIn(page);
  const email = await signIn(page);
  await page.goto('/settings/security');
  await look(page, 'security-no-passkey');
  await addPasskey(page, device, 'My laptop');
  await look(page, 'security-passkey');
  await signOut(page);

  await toSecondStep(page, email);
  await look(page, 'sign-in-second');
  // The link alone opened nothing.
  await page.goto('/shields');
  await expect(page.getByRole('heading', { name: 'Sign in', exact: true })).toBeVisible();

  await toSecondStep(page, email);
  await device.recognise(false);
  await show(page, device, 'Sign in with a passkey');
  await expect(page.getByText('No passkey was shown.')).toBeVisible();
  await device.recognise(true);
  await show(page, device, 'Sign in with a passkey');
  await expect(page.getByRole('heading', { name: 'Your shields' })).toBeVisible();
});

test('a passkey that comes second opens nothing by itself', async ({ page }) => {
  const device = await plugIn(page);
  await signIn(page);
  await addPasskey(page, device, 'My laptop');
  await signOut(page);
  await page.goto('/sign-in');
  await show(page, device, 'Sign in with a passkey');
  await expect(page.getByText('This passkey comes after your link.')).toBeVisible();
  await look(page, 'sign-in-passkey-second');
  await page.goto('/shields');
  await expect(page.getByRole('heading', { name: 'Sign in', exact: true })).toBeVisible();
});

test('a passkey that is enough opens the door where the address is typed; the last one can’t be removed', async ({
  page,
}) => {
  const device = await plugIn(page);
  await signIn(page);
  await addPasskey(page, device, 'My laptop');
  await page.getByLabel('The passkey alone is enough').check();
  await expect(page.getByLabel('The passkey alone is enough')).toBeChecked();
  await passkeys(page).getByRole('button', { name: 'Remove My laptop' }).click();
  await expect(page.getByText('This is your only passkey, and you sign in with it alone.')).toBeVisible();
  await signOut(page);
  await device.touch(true);
  // The browser's own list at the field is answered by the device: nothing is pressed on the page.
  await page.goto('/sign-in?back=/settings/security');
  await expect(page.getByRole('list', { name: 'Browsers that are signed in' })).toContainText('By passkey');
});

test('codes are shown once, open the door once, and let a lost passkey be replaced', async ({ page, browser }) => {
  const device = await plugIn(page);
  const email = await signIn(page);
  await addPasskey(page, device, 'My laptop');
  await page.getByRole('button', { name: 'Make recovery codes' }).click();
  const codes = page.getByRole('list', { name: 'Recovery codes' }).getByRole('listitem');
  await expect(codes).toHaveCount(10);
  const code = (await codes.first().textContent()) ?? '';
  await look(page, 'security-codes');
  await page.getByRole('button', { name: 'I have kept them' }).click();
  await expect(page.getByText('10 codes are left.')).toBeVisible();
  await page.reload();
  await expect(page.getByText('10 codes are left.')).toBeVisible();
  await expect(codes).toHaveCount(0);

  // Another device, without the passkey.
  const context = await browser.newContext();
  const other = await context.newPage();
  const phone = await plugIn(other);
  await toSecondStep(other, email);
  await other.getByText('I don’t have my passkey any more').click();
  await other.getByLabel('Recovery code').fill('AAAA-BBBB-CCCC');
  await other.getByRole('button', { name: 'Sign in with the code' }).click();
  await expect(other.getByText('This code doesn’t work.')).toBeVisible();
  await look(other, 'sign-in-code');
  await other.getByLabel('Recovery code').fill(code.toLowerCase());
  await other.getByRole('button', { name: 'Sign in with the code' }).click();
  await expect(other.getByRole('heading', { name: 'Your shields' })).toBeVisible();
  await addPasskey(other, phone, 'My new phone');
  await other.getByRole('button', { name: 'Remove My laptop' }).click();
  await expect(passkeys(other)).toHaveCount(1);
  await expect(other.getByText('9 codes are left.')).toBeVisible();
  await other.goto('/dev/mail');
  const mail = other.getByRole('article').filter({ hasText: `To ${email}` });
  await expect(mail.filter({ hasText: 'signed in with a recovery code' }).first()).toBeVisible();
  await context.close();
});

test('what needs more than a session asks for the passkey, and goes on with what was typed', async ({
  page,
  browser,
}) => {
  const email = await signIn(page);
  const device = await plugIn(page);
  // The passkey is made elsewhere: with this session none was ever shown.
  const context = await browser.newContext();
  const other = await context.newPage();
  const laptop = await plugIn(other);
  await signIn(other, email);
  await addPasskey(other, laptop, 'My laptop');
  await device.take(await laptop.credentials());
  await context.close();

  const handle = await addAccount({ password: PASSWORD });
  await sendConnect(page, handle, PASSWORD);
  const dialog = dialogOf(page);
  await expect(dialog.getByRole('heading', { name: 'Confirm that it’s you' })).toBeVisible();
  await look(page, 'step-up-passkey');
  await dialog.getByRole('button', { name: 'Go back' }).click();
  await expect(page.getByText('Confirm that it’s you first.')).toBeVisible();
  await expect(page.getByLabel('Your Bluesky handle')).toHaveValue(handle);
  await page.getByRole('button', { name: 'Connect the account' }).click();
  await device.touch(true);
  await dialog.getByRole('button', { name: 'Use my passkey' }).click();
  await expect(dialog).toBeHidden();
  await expect(page.getByText('Ready', { exact: true })).toBeVisible();
  // For some minutes that is enough.
  await connect(page, await addAccount({ password: PASSWORD }));
});
