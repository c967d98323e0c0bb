import { type Page, request as requests } from '@playwright/test';
import { look } from './look.ts';
import { accountRow, consent, signIn } from './member.ts';
import { expect, test } from './test.ts';
import { addAccount, PASSWORD, sandbox } from './world.ts';

/** Types a handle at the sign-in and goes on. Ends at the account's own server. */
async function goToServer(page: Page, handle: string, connect = true): Promise<void> {
  await page.goto('/sign-in');
  await page.getByLabel('Your handle on Bluesky').fill(handle);
  await page.getByLabel('Let Secateur block and mute for me').setChecked(connect);
  await page.getByRole('button', { name: 'Continue with Bluesky' }).click();
  await expect(page.getByRole('heading', { name: 'Sign in to the sandbox network' })).toBeVisible();
}

async function signOut(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'Sign out' }).click();
  await expect(page.getByRole('link', { name: 'Sign in', exact: true }).first()).toBeVisible();
}

/** Sessions at the network that work. */
async function sessions(handle: string): Promise<number> {
  return (await sandbox().grants(handle)).filter(({ dead }) => !dead).length;
}

/** The address that the network sends the browser back to, caught before it gets there. */
async function caught(page: Page, handle: string): Promise<URL> {
  const address = page.waitForRequest(/\/oauth\/callback\?/);
  await page.route(/\/oauth\/callback\?/, (route) => route.fulfill({ body: 'caught' }));
  await consent(page, handle);
  const url = new URL((await address).url());
  await expect(page.getByText('caught')).toBeVisible();
  await page.unroute(/\/oauth\/callback\?/);
  return url;
}

test('signing in with Bluesky signs in, and connects the account when asked to', async ({ page }) => {
  const handle = await addAccount({ password: PASSWORD });
  await goToServer(page, handle);
  await expect(page.getByRole('checkbox')).toHaveCount(2);
  await consent(page, handle);
  await expect(page.getByRole('heading', { name: 'Your accounts' })).toBeVisible();
  await expect(accountRow(page, handle).getByText('Ready', { exact: true })).toBeVisible();
  await expect(accountRow(page, handle).getByText(/May block and mute/)).toBeVisible();
  await expect(page.getByText(`Signed in as ${handle}`)).toBeVisible();
  await look(page, 'accounts-by-consent');
  expect(await sessions(handle)).toBe(1);
});

test('signing in with Bluesky alone connects nothing, and is the same member the next time', async ({ page }) => {
  const handle = await addAccount({ password: PASSWORD });
  await goToServer(page, handle, false);
  await expect(page.getByRole('checkbox')).toHaveCount(0);
  await expect(page.getByText('It asks for nothing else.')).toBeVisible();
  await consent(page, handle);
  await expect(page.getByRole('heading', { name: 'Your shields' })).toBeVisible();
  const idOf = async () => (await (await page.request.get('/api/auth/session')).json()).user.id;
  const first = await idOf();
  expect(await sessions(handle)).toBe(0);
  await page.goto('/accounts');
  await expect(page.getByText('No account is connected yet.')).toBeVisible();
  await signOut(page);
  await goToServer(page, handle, false);
  await consent(page, handle);
  await expect(page.getByRole('heading', { name: 'Your shields' })).toBeVisible();
  expect(await idOf()).toBe(first);
});

test('a member connects an account at its own server; what they untick is not allowed', async ({ page }) => {
  const handle = await addAccount({ password: PASSWORD });
  await signIn(page);
  await page.goto('/accounts');
  await look(page, 'accounts-connect');
  await page.getByLabel('Your handle on Bluesky').first().fill(`@${handle}`);
  await page.getByRole('button', { name: 'Connect with Bluesky' }).click();
  await consent(page, handle, { only: ['Block accounts'] });
  await expect(accountRow(page, handle).getByText('Ready', { exact: true })).toBeVisible();
  await expect(accountRow(page, handle).getByText(/May block, not mute/)).toBeVisible();
});

test('who says no is told so, and begins again where they were', async ({ page }) => {
  const handle = await addAccount({ password: PASSWORD });
  await goToServer(page, handle);
  await consent(page, handle, { no: true });
  await expect(page.getByText('Secateur was not allowed to do this.')).toBeVisible();
  await look(page, 'network-declined');
  await page.getByRole('link', { name: 'Sign in again' }).click();
  await expect(page.getByRole('heading', { name: 'Sign in', exact: true })).toBeVisible();
});

test('who unticks everything is signed in and told why nothing is connected', async ({ page }) => {
  const handle = await addAccount({ password: PASSWORD });
  await goToServer(page, handle);
  await consent(page, handle, { only: [] });
  await expect(page.getByText('You are signed in, but the account is not connected.')).toBeVisible();
  await look(page, 'accounts-told');
  expect(await sessions(handle)).toBe(0);
});

test('nothing typed, and a handle that nobody has, are said', async ({ page }) => {
  await page.goto('/sign-in');
  await page.getByLabel('Let Secateur block and mute for me').uncheck();
  await page.getByRole('button', { name: 'Continue with Bluesky' }).click();
  await expect(page.getByText('Type the handle of your account.')).toBeVisible();
  await expect(page.getByLabel('Let Secateur block and mute for me')).not.toBeChecked();
  await look(page, 'sign-in-no-handle');
  await page.getByLabel('Your handle on Bluesky').fill('nobody-has-this.sandbox.test');
  await page.getByRole('button', { name: 'Continue with Bluesky' }).click();
  await expect(page.getByText('There is no account with this handle.')).toBeVisible();
  expect(page.url()).not.toContain('nobody-has-this');
});

test('what the network sends back works once, and in the browser that began only', async ({ page, browser }) => {
  const handle = await addAccount({ password: PASSWORD });
  await goToServer(page, handle, false);
  const back = await caught(page, handle);

  const elsewhere = await browser.newContext();
  const thief = await elsewhere.newPage();
  await thief.goto(back.href);
  await expect(thief.getByText('This sign-in is over.')).toBeVisible();
  await look(thief, 'network-lost');
  await elsewhere.close();

  await page.goto(back.href);
  await expect(page.getByRole('heading', { name: 'Your shields' })).toBeVisible();
  const mine = await page.context().cookies();
  await page.goto(back.href);
  await expect(page.getByText('This sign-in is over.')).toBeVisible();
  // A replay changes nothing for whoever is signed in.
  const session = (cookies: typeof mine) => cookies.find(({ name }) => name.endsWith('session-token'))?.value;
  expect(session(await page.context().cookies())).toBe(session(mine));
});

test('an answer in the name of another server is refused', async ({ page }) => {
  const handle = await addAccount({ password: PASSWORD });
  await goToServer(page, handle, false);
  const back = await caught(page, handle);
  back.searchParams.set('iss', 'https://another.example');
  await page.goto(back.href);
  await expect(page.getByText('This sign-in is over.')).toBeVisible();
  expect((await (await page.request.get('/api/auth/session')).json())?.user).toBeUndefined();
});

test('nobody can be signed in by a link to somebody else’s answer', async ({ page, browser }) => {
  // The attacker's own account, consented to in the attacker's browser: the victim must not end up in it.
  const handle = await addAccount({ password: PASSWORD });
  const attacker = await browser.newPage();
  await goToServer(attacker, handle, false);
  const back = await caught(attacker, handle);
  await page.goto('/sign-in');
  await page.goto(back.href);
  await expect(page.getByText('This sign-in is over.')).toBeVisible();
  await page.goto('/shields');
  await expect(page.getByRole('heading', { name: 'Sign in', exact: true })).toBeVisible();
  await attacker.close();
});

test('a stranger’s page can’t take the next step for a browser', async ({ page, baseURL }) => {
  await page.goto('/sign-in');
  const api = await requests.newContext({ baseURL: String(baseURL) });
  const id = '0197b0c8-0000-7000-8000-000000000001';
  const post = (headers: Record<string, string>) => api.post(`/api/flows/${id}`, { headers, data: '{}' });
  expect((await post({ 'content-type': 'text/plain', 'sec-fetch-site': 'same-origin' })).status()).toBe(415);
  expect((await post({ 'content-type': 'application/json', 'sec-fetch-site': 'cross-site' })).status()).toBe(403);
  const answer = await post({ 'content-type': 'application/json', 'sec-fetch-site': 'same-origin' });
  expect(await answer.json()).toEqual({ problem: 'sign_in_stale', connects: false });
  await api.dispose();
});
