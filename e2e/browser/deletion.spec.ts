import type { Browser, Page } from '@playwright/test';
import { DAY, MINUTE } from '@secateur/base';
import { plugIn } from './authenticator.ts';
import { look } from './look.ts';
import { connect, preview, raise, signIn } from './member.ts';
import { addOldPasskey, outlastProof } from './passkey.ts';
import { expect, test } from './test.ts';
import { addAccount, blocksOf, fresh, PASSWORD, sandbox } from './world.ts';

/** Fills the form by keyboard alone, confirms with the passkey where that is asked, and returns the receipt's link. */
async function ask(page: Page, name: string, blocks: 'now' | 'keep'): Promise<string> {
  await page.goto('/settings/data');
  const chosen = page.getByRole('radio', { name: 'Lift all of them' });
  await chosen.focus();
  if (blocks === 'keep') await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Tab');
  await expect(page.getByLabel(`Type ${name} to confirm`)).toBeFocused();
  await page.keyboard.type(name);
  await page.keyboard.press('Enter');
  const link = page.getByLabel('Link to your receipt');
  const passkey = page.getByRole('button', { name: 'Use my passkey' });
  await expect(link.or(passkey)).toBeVisible();
  if (await passkey.isVisible()) {
    await look(page, 'deletion-step-up');
    await passkey.focus();
    await page.keyboard.press('Enter');
  }
  await expect(link).toBeFocused();
  return link.inputValue();
}

/** Opens a receipt in a browser that nobody is signed in with. */
async function openReceipt(browser: Browser, link: string): Promise<Page> {
  const page = await (await browser.newContext()).newPage();
  await page.goto(link);
  return page;
}

const step = (page: Page, name: string) => page.locator(`[data-step=${name}]`);
const banner = (page: Page) => page.getByText(/^Everything here is to be deleted by/);

/** Waits for a mail to an address that says this. */
async function mailTo(page: Page, email: string, text: RegExp): Promise<void> {
  const mail = page
    .getByRole('article')
    .filter({ hasText: `To ${email}` })
    .filter({ hasText: text });
  await expect(async () => {
    await page.goto('/dev/mail');
    await expect(mail.first()).toBeVisible({ timeout: 1_000 });
  }).toPass();
}

test('everything is deleted: asked for, called off, asked for again, lifted, gone, with a receipt that stays', async ({
  page,
  browser,
}) => {
  test.setTimeout(240_000);
  const device = await plugIn(page);
  const me = await addAccount({ password: PASSWORD });
  const troll = await addAccount({ followers: 2 });
  const email = await signIn(page);
  await addOldPasskey(page, device, email);
  await connect(page, me);
  await preview(page, troll);
  await expect(page.getByText(/^The whole crowd is listed/)).toBeVisible();
  await raise(page);
  await expect.poll(async () => (await blocksOf(me)).size).toBe(3);
  await device.touch(true);

  await page.goto('/settings/data');
  await expect(page.getByRole('heading', { name: 'Delete everything' })).toBeVisible();
  await page.getByLabel(`Type ${email} to confirm`).fill('somebody else');
  await page.getByRole('button', { name: 'Delete everything' }).click();
  await expect(page.getByText(/^This is not the same/)).toBeVisible();
  await look(page, 'deletion-ask');

  const first = await ask(page, email, 'keep');
  expect(first).toMatch(/\/receipt#[\w-]{43}$/);
  await look(page, 'deletion-asked');
  await page.getByRole('button', { name: 'I have kept it' }).click();
  await expect(page.getByLabel('Link to your receipt')).toHaveCount(0);
  await expect(page.getByText('Blocks and mutes that stand then are kept for ever.')).toBeVisible();
  await look(page, 'deletion-pending');
  await page.goto('/shields');
  await expect(banner(page)).toBeVisible();
  await look(page, 'deletion-banner');
  await page.goto('/shields/new');
  await page.getByLabel('Who is it coming from?').fill(troll);
  await page.getByRole('button', { name: 'Look at what it would do' }).click();
  await expect(page.getByRole('alert').filter({ hasText: /suspended/i })).toBeVisible();
  await mailTo(page, email, /Nothing is undone before/);

  await page.goto('/shields');
  await page.getByRole('button', { name: 'Call it off' }).click();
  await expect(banner(page)).toHaveCount(0);
  await mailTo(page, email, /was called off/);
  const none = await openReceipt(browser, first);
  await expect(none.getByRole('heading', { name: 'There is no receipt here' })).toBeVisible();
  await look(none, 'receipt-none');
  await none.context().close();
  expect((await blocksOf(me)).size).toBe(3);

  await outlastProof(email);
  const link = await ask(page, email, 'now');
  expect(link).not.toBe(first);
  const receipt = await openReceipt(browser, link);
  await expect(step(receipt, 'asked')).toHaveAttribute('data-done', 'true');
  expect(receipt.url()).not.toContain('#');
  await expect(step(receipt, 'shredded')).toHaveAttribute('data-done', 'false');
  await look(receipt, 'receipt-waiting');

  await sandbox().advance(7 * DAY);
  await expect(page.getByText(/The accounts are being disconnected/)).toBeVisible({ timeout: 75_000 });
  await look(page, 'deletion-leaving');
  await expect.poll(async () => (await blocksOf(me)).size).toBe(0);
  await expect(async () => {
    await sandbox().advance(MINUTE);
    await receipt.goto('/help');
    await receipt.goto(link);
    await expect(step(receipt, 'erased')).toHaveAttribute('data-done', 'true', { timeout: 2_000 });
  }).toPass({ timeout: 90_000 });
  await expect(step(receipt, 'shredded')).toContainText('one key, under which the access to one account');
  await expect(step(receipt, 'left')).toContainText('None that Secateur made stays on a network.');
  await look(receipt, 'receipt');

  await page.goto('/shields');
  await expect(page.getByRole('heading', { name: 'Sign in' })).toBeVisible();
  await page.context().clearCookies();
  await signIn(page, email);
  await expect(banner(page)).toHaveCount(0);
  await page.goto('/accounts');
  await expect(page.getByText('No account is connected yet.')).toBeVisible();
  await page.goto('/settings/security');
  await expect(page.getByRole('list', { name: 'Your passkeys' })).toHaveCount(0);
  await receipt.context().close();
});

test('without a passkey it takes a day, and says so', async ({ page }) => {
  const email = await signIn(page);
  await page.goto('/settings/data');
  await page.getByLabel(`Type ${email} to confirm`).fill(email);
  await page.getByRole('button', { name: 'Delete everything' }).click();
  await expect(page.getByRole('dialog').getByText(/this takes a day\./)).toBeVisible();
  await page.getByRole('dialog').getByRole('button', { name: 'Go back' }).click();
  await page.goto('/shields');
  await expect(banner(page)).toHaveCount(0);
});

test('in an organisation another owner hears of it and calls it off; who is no owner can do neither', async ({
  page,
  browser,
}) => {
  const device = await plugIn(page);
  await addOldPasskey(page, device, await signIn(page));
  await device.touch(true);
  const name = fresh('Helpline ');
  await page.goto('/settings');
  await page.getByLabel('Name of the organisation').fill(name);
  await page.getByRole('button', { name: 'Start it' }).click();
  await expect(page.getByRole('heading', { name: 'Members and helpers' })).toBeVisible();
  const bring = async (role: 'owner' | 'viewer') => {
    const email = `${fresh(role)}@example.org`;
    await page.goto('/members');
    await page.getByLabel('Their e-mail address').fill(email);
    await page.getByLabel('As', { exact: true }).selectOption(role);
    await page.getByRole('button', { name: 'Send the invitation' }).click();
    await expect(page.getByText(`Sent to ${email}.`)).toBeVisible();
    const other = await (await browser.newContext()).newPage();
    await other.goto('/dev/mail');
    const mail = other.getByRole('article').filter({ hasText: `To ${email}` });
    await mail.first().getByRole('link', { name: 'Open the link' }).click();
    await expect(other.getByText('Sign in with the address that got the invitation')).toBeVisible();
    await signIn(other, email);
    await other.goto('/invitation');
    await other.getByRole('button', { name: 'Accept' }).click();
    await expect(other.getByRole('heading', { name: 'Your shields' })).toBeVisible();
    return { email, other };
  };
  const second = await bring('owner');
  const viewer = await bring('viewer');
  await viewer.other.goto('/settings/data');
  await expect(viewer.other.getByText('Only an owner can delete everything.')).toBeVisible();
  await expect(viewer.other.getByRole('button', { name: 'Delete everything' })).toHaveCount(0);

  await ask(page, name, 'keep');
  for (const { email } of [second, viewer]) await mailTo(page, email, new RegExp(`everything of ${name} be deleted`));
  await expect(banner(viewer.other)).toBeVisible();
  await expect(viewer.other.getByRole('button', { name: 'Call it off' })).toHaveCount(0);
  await viewer.other.goto('/settings/data');
  await expect(viewer.other.getByText('Any owner can call it off.')).toBeVisible();
  await look(viewer.other, 'deletion-viewer');
  await second.other.goto('/shields');
  await second.other.getByRole('button', { name: 'Call it off' }).click();
  await expect(banner(second.other)).toHaveCount(0);
  await expect(banner(viewer.other)).toHaveCount(0);
  for (const { other } of [second, viewer]) await other.context().close();
});
