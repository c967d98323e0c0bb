import { expect, type Page } from '@playwright/test';
import { addAccount, fresh, PASSWORD } from './world.ts';

/** Asks for a link and opens the mail with it. Ends on the page that asks for a press. */
export async function openLink(page: Page, email: string): Promise<void> {
  await page.getByLabel('E-mail address').fill(email);
  await page.getByRole('button', { name: 'Send me the link' }).click();
  await expect(page.getByRole('heading', { name: 'Look in your mailbox' })).toBeVisible();
  await page.goto('/dev/mail');
  await page
    .getByRole('article')
    .filter({ hasText: `To ${email}` })
    .first()
    .getByRole('link', { name: 'Open the link' })
    .click();
  await expect(page.getByRole('heading', { name: 'Finish signing in' })).toBeVisible();
}

/** Signs in as somebody new, or as `email`. Ends on their shields. */
export async function signIn(page: Page, email = `${fresh('member')}@example.org`): Promise<string> {
  await page.goto('/sign-in');
  await openLink(page, email);
  await page.getByRole('button', { name: 'Sign in' }).click();
  await expect(page.getByRole('heading', { name: 'Your shields' })).toBeVisible();
  return email;
}

/** Fills the form that connects an account and sends it. */
export async function sendConnect(page: Page, handle: string, password: string): Promise<void> {
  await page.goto('/accounts');
  await page.getByText('Use an app password instead (Bluesky)').click();
  await page.getByLabel('Your Bluesky handle').fill(handle);
  await page.getByRole('textbox', { name: 'App password' }).fill(password);
  await page.getByRole('button', { name: 'Connect the account' }).click();
}

/** Signs in on the sandbox network's own page, to which the browser was sent, and answers what it asks. */
export async function consent(
  page: Page,
  handle: string,
  answer: { only?: string[]; no?: boolean } = {},
): Promise<void> {
  await expect(page.getByRole('heading', { name: 'Sign in to the sandbox network' })).toBeVisible();
  await expect(page.getByLabel('Handle')).toHaveValue(handle);
  await page.getByLabel('Password').fill(PASSWORD);
  for (const box of answer.only ? await page.getByRole('checkbox').all() : []) {
    const name = (await box.evaluate((one) => one.closest('label')?.textContent)) ?? '';
    if (!answer.only?.some((kept) => name.includes(kept))) await box.uncheck();
  }
  await page.getByRole('button', { name: answer.no ? 'Say no' : 'Allow' }).click();
}

/** Connects an account and waits until the network has confirmed it. */
export async function connect(page: Page, handle: string, password = PASSWORD): Promise<void> {
  await sendConnect(page, handle, password);
  await expect(accountRow(page, handle).getByText('Ready', { exact: true })).toBeVisible();
}

export function accountRow(page: Page, handle: string) {
  return page.getByRole('list', { name: 'Connected accounts' }).getByRole('listitem').filter({ hasText: handle });
}

/** Opens the form for a shield and asks for a preview of one against `query`. */
export async function preview(page: Page, query: string, hold?: string): Promise<void> {
  await page.goto('/shields/new');
  await page.getByLabel('Who is it coming from?').fill(query);
  if (hold) await page.getByLabel('For how long').selectOption({ label: hold });
  await page.getByRole('button', { name: 'Look at what it would do' }).click();
  await expect(page.getByRole('heading', { name: 'Look before you raise it' })).toBeVisible();
}

/** Raises what is previewed. Ends on the shield's page. */
export async function raise(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'Raise the shield' }).click();
  await expect(page.getByRole('heading', { name: 'Everyone in it' })).toBeVisible();
}

/** Somebody new with an account and a shield that holds. Ends on the shield's page; returns the account's handle and the harasser's. */
export async function held(page: Page, followers: number, hold?: string): Promise<{ me: string; troll: string }> {
  const me = await addAccount({ password: PASSWORD, followers: 3 });
  const troll = await addAccount({ followers });
  await signIn(page);
  await connect(page, me);
  await preview(page, troll, hold);
  await expect(page.getByText(/^The whole crowd is listed/)).toBeVisible();
  await raise(page);
  await expect(page.locator('[data-state=holding]')).toBeVisible();
  return { me, troll };
}
