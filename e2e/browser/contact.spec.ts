import type { Browser, Page } from '@playwright/test';
import { look } from './look.ts';
import { signIn } from './member.ts';
import { expect, test } from './test.ts';
import { fresh } from './world.ts';

/** Opens the link of the last mail to an address that says this, in a browser where nobody is signed in. */
async function openMail(browser: Browser, to: string, text: string): Promise<Page> {
  const context = await browser.newContext();
  const page = await context.newPage();
  await page.goto('/dev/mail');
  const mail = page
    .getByRole('article')
    .filter({ hasText: `To ${to}` })
    .filter({ hasText: text });
  await mail.first().getByRole('link', { name: 'Open the link' }).click();
  return page;
}

async function press(page: Page, button: string, then: string): Promise<void> {
  await page.getByRole('button', { name: button }).click();
  await expect(page.getByRole('heading', { name: then })).toBeVisible();
  await page.context().close();
}

/** Names a second contact who says yes. */
async function nameSecond(page: Page, browser: Browser): Promise<string> {
  const friend = `${fresh('friend')}@example.org`;
  await page.goto('/settings/contact');
  await page.getByLabel('Their e-mail address').fill(friend);
  await page.getByRole('button', { name: 'Ask them' }).click();
  await expect(page.getByText(`${friend} was asked`)).toBeVisible();
  await press(await openMail(browser, friend, 'second contact'), 'Yes, I will', 'Thank you');
  await page.reload();
  await expect(page.getByText(/^Said yes/)).toBeVisible();
  return friend;
}

test('a newcomer is offered a passkey and a second contact, and may say no', async ({ page }) => {
  await signIn(page);
  await expect(page.getByRole('heading', { name: 'What keeps others out' })).toBeVisible();
  await look(page, 'next-steps');
  await page.getByRole('link', { name: 'Add a passkey' }).click();
  await expect(page.getByRole('heading', { name: 'Signing in' })).toBeVisible();
  await page.goto('/shields');
  await page.getByRole('button', { name: 'Not now' }).click();
  await expect(page.getByRole('heading', { name: 'What keeps others out' })).toBeHidden();
  await page.reload();
  await expect(page.getByRole('heading', { name: 'Your shields' })).toBeVisible();
  await expect(page.getByRole('heading', { name: 'What keeps others out' })).toBeHidden();
});

test('a second contact says yes and hears of a browser that was never used', async ({ page, browser }) => {
  const email = await signIn(page);
  await page.goto('/settings/contact');
  await page.getByLabel('Their e-mail address').fill('sam at example');
  await page.getByRole('button', { name: 'Ask them' }).click();
  await expect(page.getByText('This doesn’t look like an e-mail address.')).toBeVisible();
  await look(page, 'contact-none');
  const friend = await nameSecond(page, browser);
  await look(page, 'contact-named');
  const context = await browser.newContext();
  const stranger = await context.newPage();
  await signIn(stranger, email);
  await stranger.goto('/dev/mail');
  const mail = stranger.getByRole('article').filter({ hasText: `To ${friend}` });
  await expect(mail.filter({ hasText: 'Chrome on Linux' }).first()).toBeVisible();
  await expect(mail.filter({ hasText: email })).toHaveCount(0);
  await context.close();
});

test('without a passkey a change of contact takes a link and a day, and the second contact can stop it', async ({
  page,
  browser,
}) => {
  const email = await signIn(page);
  const friend = await nameSecond(page, browser);
  const other = `${fresh('other')}@example.org`;
  await page.getByLabel('Name somebody else').fill(other);
  await page.getByRole('button', { name: 'Ask them' }).click();
  const dialog = page.getByRole('dialog');
  await expect(
    dialog.getByText('You have no passkey that has been there for a day, so this takes a day.'),
  ).toBeVisible();
  await look(page, 'step-up-day');
  await dialog.getByRole('button', { name: 'Send me the link' }).click();
  await expect(dialog.getByText('The link is on its way.')).toBeVisible();
  const link = await openMail(browser, email, 'change the second contact');
  await expect(link.getByRole('heading', { name: 'Is this you?' })).toBeVisible();
  await look(link, 'link-wait');
  await press(link, 'Yes, it’s me', 'The day has begun');
  await expect(dialog.getByText(/^It can be done from /)).toBeVisible();
  await look(page, 'step-up-waiting');
  await dialog.getByRole('button', { name: 'Close' }).click();
  await expect(page.getByLabel('Name somebody else')).toHaveValue(other);
  await page.goto('/shields');
  await expect(page.getByText('You asked to change the second contact.')).toBeVisible();
  await look(page, 'pending');
  const stop = await openMail(browser, friend, 'change the second contact');
  await expect(stop.getByRole('heading', { name: 'Stop this?' })).toBeVisible();
  await look(stop, 'link-stop');
  await press(stop, 'Stop it', 'It is stopped');
  await page.reload();
  await expect(page.getByRole('heading', { name: 'Your shields' })).toBeVisible();
  await expect(page.getByText('You asked to change the second contact.')).toBeHidden();
  const again = await openMail(browser, friend, 'change the second contact');
  await expect(again.getByRole('heading', { name: 'This link doesn’t work any more' })).toBeVisible();
  await look(again, 'link-gone');
  await again.context().close();
});

test('what waits is stopped in the console too', async ({ page, browser }) => {
  const email = await signIn(page);
  await page.goto('/settings/contact');
  await page.getByLabel('New address').fill(`${fresh('new')}@example.org`);
  await page.getByRole('button', { name: 'Change it' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByRole('button', { name: 'Send me the link' }).click();
  await press(
    await openMail(browser, email, 'change the address that you sign in with'),
    'Yes, it’s me',
    'The day has begun',
  );
  await expect(dialog.getByText(/^It can be done from /)).toBeVisible();
  await dialog.getByRole('button', { name: 'Close' }).click();
  await page.reload();
  await page.getByRole('button', { name: 'Stop it' }).click();
  await expect(page.getByText('You asked to change the address to sign in with.')).toBeHidden();
});
