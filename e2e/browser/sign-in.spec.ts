import { look } from './look.ts';
import { openLink, signIn } from './member.ts';
import { expect, test } from './test.ts';
import { fresh } from './world.ts';

test('a mail scanner that opens the link does not use it up; a second press does nothing', async ({
  page,
  request,
}) => {
  const email = `${fresh('member')}@example.org`;
  await page.goto('/sign-in');
  await look(page, 'sign-in');
  await openLink(page, email);
  await look(page, 'sign-in-confirm');
  const link = page.url();
  for (let i = 0; i < 3; i++) expect((await request.get(link)).ok()).toBe(true);
  await page.getByRole('button', { name: 'Sign in' }).click();
  await expect(page.getByRole('heading', { name: 'Your shields' })).toBeVisible();

  await page.getByRole('button', { name: 'Sign out' }).click();
  await expect(page.getByRole('link', { name: 'Sign in', exact: true }).first()).toBeVisible();
  await page.goto(link);
  await page.getByRole('button', { name: 'Sign in' }).click();
  await expect(page.getByText('That link has been used already or is older than an hour.')).toBeVisible();
  await look(page, 'sign-in-used');
});

test('what is no address is said, and kept', async ({ page }) => {
  await page.goto('/sign-in');
  await page.getByLabel('E-mail address').fill('sam at example');
  await page.getByRole('button', { name: 'Send me the link' }).click();
  await expect(page.getByText('This doesn’t look like an e-mail address.')).toBeVisible();
  await expect(page.getByLabel('E-mail address')).toHaveValue('sam at example');
  expect(page.url()).not.toContain('sam');
});

test('nobody can fill a stranger’s mailbox', async ({ page }) => {
  const email = `${fresh('member')}@example.org`;
  for (let i = 0; i < 5; i++) {
    await page.goto('/sign-in');
    await page.getByLabel('E-mail address').fill(email);
    await page.getByRole('button', { name: 'Send me the link' }).click();
    await expect(page.getByRole('heading', { name: 'Look in your mailbox' })).toBeVisible();
  }
  await look(page, 'check-mail');
  await page.goto('/sign-in');
  await page.getByLabel('E-mail address').fill(email);
  await page.getByRole('button', { name: 'Send me the link' }).click();
  await expect(
    page.getByText(/^Several links are already on their way to this address.*in (59|60) minutes\.$/),
  ).toBeVisible();
  await expect(page.getByLabel('E-mail address')).toHaveValue(email);
  expect(page.url()).not.toContain(email.split('@')[0]);
});

test('a link leads to pages of ours only', async ({ page }) => {
  const email = `${fresh('member')}@example.org`;
  await page.goto('/sign-in?back=https://elsewhere.example/');
  await openLink(page, email);
  await page.getByRole('button', { name: 'Sign in' }).click();
  await expect(page).toHaveURL(/\/shields$/);
});

test('the page that waits for the mail goes on when the link was opened in another tab', async ({ page, context }) => {
  const email = `${fresh('member')}@example.org`;
  await page.goto('/people');
  await page.getByLabel('E-mail address').fill(email);
  await page.getByRole('button', { name: 'Send me the link' }).click();
  await expect(page.getByRole('heading', { name: 'Look in your mailbox' })).toBeVisible();
  const other = await context.newPage();
  await other.goto('/dev/mail');
  await other.getByRole('article').filter({ hasText: email }).getByRole('link', { name: 'Open the link' }).click();
  await other.getByRole('button', { name: 'Sign in' }).click();
  await expect(other.getByRole('heading', { name: 'People you always spare' })).toBeVisible();
  await page.bringToFront();
  await expect(page.getByRole('heading', { name: 'People you always spare' })).toBeVisible();
});

test('the browser is told no more of a session than its owner', async ({ page }) => {
  const email = await signIn(page);
  const session: unknown = await page.evaluate(() => fetch('/api/auth/session').then((answer) => answer.json()));
  expect(session).toEqual({ expires: expect.any(String), user: { id: expect.any(String), email } });
});
