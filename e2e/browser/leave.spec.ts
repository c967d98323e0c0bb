import type { BrowserContext, Page } from '@playwright/test';
import { ask } from './ask.ts';
import { look } from './look.ts';
import { connect, signIn as signInAs } from './member.ts';
import { expect, test } from './test.ts';
import { addAccount, PASSWORD } from './world.ts';

/** The product's default. Nobody is asked there: the test answers in its place. */
const AWAY = 'https://www.wikipedia.org/';

test.beforeEach(async ({ context }) => {
  await context.route(`${AWAY}**`, (route) =>
    route.fulfill({ contentType: 'text/html', body: '<title>Elsewhere</title><h1>Elsewhere</h1>' }),
  );
});

/** Signs in, and waits until the script is there: until then the button is a link to the server, which does the same. */
async function signIn(page: Page, email?: string): Promise<string> {
  const signedIn = await signInAs(page, email);
  await page.waitForLoadState('load');
  return signedIn;
}

const elsewhere = (page: Page) => expect(page.getByRole('heading', { name: 'Elsewhere' })).toBeVisible();

/** The cookies as they are now; what they open is asked for later, when the browser has thrown them away. */
async function cookieOf(context: BrowserContext): Promise<string> {
  return (await context.cookies()).map(({ name, value }) => `${name}=${value}`).join('; ');
}
const session = async (baseURL: string | undefined, cookie: string): Promise<unknown> =>
  JSON.parse((await ask(`${baseURL}/api/auth/session`, { headers: { cookie } })).text);

async function shift(page: Page, times: number): Promise<void> {
  for (let i = 0; i < times; i++) await page.keyboard.press('Shift');
}

test('the button leads away, ends the session, and the way back shows nothing', async ({ page, context, baseURL }) => {
  const email = await signIn(page);
  await page.goto('/accounts');
  await page.goto('/people');
  const cookie = await cookieOf(context);
  expect(await session(baseURL, cookie)).toMatchObject({ user: { email } });
  await page.getByRole('link', { name: 'Leave now' }).click();
  await elsewhere(page);
  await expect.poll(() => session(baseURL, cookie)).toBeNull();
  await expect.poll(async () => (await context.cookies()).some(({ name }) => name.includes('session'))).toBe(false);

  await page.goBack();
  await expect(page.getByRole('heading', { name: 'Sign in' })).toBeVisible();
  await expect(page.getByText(email)).toHaveCount(0);
});

test('no cookie of ours is left behind, and the rest is to be thrown away as a whole', async ({
  page,
  context,
  baseURL,
}) => {
  await page.goto('/sign-in');
  // A sign-in at one's own network that nobody finished.
  await page.getByLabel('Your handle on Bluesky').fill(await addAccount({ password: PASSWORD }));
  await page.getByRole('button', { name: 'Continue with Bluesky' }).click();
  await expect(page.getByRole('heading', { name: 'Sign in to the sandbox network' })).toBeVisible();
  await signIn(page);
  await context.addCookies([{ name: 'secateur.device', value: 'known', url: String(baseURL), httpOnly: true }]);
  const names = async () => (await context.cookies(String(baseURL))).map(({ name }) => name);
  expect(await names()).toEqual(expect.arrayContaining(['secateur.browser', 'secateur.device']));
  await page.getByRole('link', { name: 'Leave now' }).click();
  await elsewhere(page);
  await expect.poll(names).toEqual([]);
  const away = await ask(`${baseURL}/leave`, { headers: { 'sec-fetch-site': 'same-origin' } });
  expect(away.headers['clear-site-data']).toBe('"cache", "storage"');
});

test('it is the first thing for the keyboard and large enough for a thumb', async ({ page }) => {
  await signIn(page);
  for (const path of ['/shields', '/accounts', '/sign-in/check-mail']) {
    await page.goto(path);
    await page.keyboard.press('Tab');
    const button = page.getByRole('link', { name: 'Leave now' });
    await expect(button).toBeFocused();
    expect((await button.boundingBox())?.height).toBeGreaterThanOrEqual(44);
    await page.mouse.wheel(0, 5_000);
    await expect(button).toBeInViewport();
  }
  await page.keyboard.press('Enter');
  await elsewhere(page);
});

test('three presses of Shift do the same', async ({ page, context, baseURL }) => {
  await signIn(page);
  const cookie = await cookieOf(context);
  await shift(page, 3);
  await elsewhere(page);
  await expect.poll(() => session(baseURL, cookie)).toBeNull();
});

test('typing does not', async ({ page }) => {
  await signIn(page);
  await connect(page, await addAccount({ password: PASSWORD }));
  await page.goto('/shields/new');
  const field = page.getByLabel('Who is it coming from?');
  await field.focus();
  for (const key of ['A', 'B', 'C', 'D']) await page.keyboard.press(`Shift+${key}`);
  await expect(field).toHaveValue('ABCD');
  // Held down it repeats itself; with something else in between it is no separate press.
  for (let i = 0; i < 5; i++) await page.keyboard.down('Shift');
  await page.keyboard.up('Shift');
  await shift(page, 1);
  await page.keyboard.press('x');
  await shift(page, 2);
  await page.keyboard.press('y');
  await shift(page, 2);
  await field.click({ modifiers: ['Shift'] });
  await page.keyboard.press('Control+Shift');
  await page.keyboard.press('Alt+Shift');
  await page.keyboard.press('Shift+Tab');
  await shift(page, 2);
  await page.keyboard.press('Shift+Z');
  await expect(page).toHaveURL(/\/shields\/new$/);
  await page.keyboard.press('Escape');
  await shift(page, 3);
  await elsewhere(page);
});

test('slow presses do not either', async ({ page }) => {
  await signIn(page);
  const pressAt = (moments: number[]) =>
    page.evaluate((all) => {
      const send = (type: string, timeStamp: number) => {
        const event = new KeyboardEvent(type, { key: 'Shift', bubbles: true });
        Object.defineProperty(event, 'timeStamp', { value: timeStamp });
        document.body.dispatchEvent(event);
      };
      for (const at of all) {
        send('keydown', at);
        send('keyup', at + 50);
      }
      return document.documentElement.style.display;
    }, moments);
  expect(await pressAt([10_000, 11_000, 12_001, 13_100, 14_200])).toBe('');
  await expect(page.getByRole('heading', { name: 'Your shields' })).toBeVisible();
  expect(await pressAt([20_000, 20_900, 21_900])).toBe('none');
  await elsewhere(page);
});

test('the page is covered before anything is asked of the network', async ({ page }) => {
  const seen: string[] = [];
  await page.exposeFunction('tell', (text: string) => seen.push(text));
  await page.addInitScript(() => {
    const { fetch: before, tell } = window as unknown as { fetch: typeof fetch; tell(text: string): void };
    window.fetch = (input, init) => {
      const shown = getComputedStyle(document.documentElement).display;
      if (String(input).endsWith('/api/leave')) tell(`${shown} ${document.title}`);
      return before(input, init);
    };
  });
  await signIn(page);
  await page.getByRole('link', { name: 'Leave now' }).click();
  await elsewhere(page);
  expect(seen).toEqual(['none ']);
});

test('without a network the session ends at the next chance', async ({ page, context, baseURL }) => {
  const email = await signIn(page);
  const cookie = await cookieOf(context);
  await context.route('**/api/leave', (route) => route.abort());
  await page.getByRole('link', { name: 'Leave now' }).click();
  await elsewhere(page);
  expect(await session(baseURL, cookie)).toMatchObject({ user: { email } });
  await page.goto('/shields');
  await expect(page.getByRole('heading', { name: 'Sign in' })).toBeVisible();
  expect(await session(baseURL, cookie)).toBeNull();
  expect((await context.cookies()).filter(({ name }) => /session|leave/.test(name))).toEqual([]);
  // And the next session is not taken for the one that was left.
  await signIn(page, email);
});

test('also on a page that was reached without loading one', async ({ page }) => {
  await page.goto('/');
  await page.getByRole('link', { name: 'Sign in', exact: true }).first().click();
  await expect(page.getByRole('link', { name: 'Leave now' })).toBeVisible();
  await page.getByLabel('E-mail address').focus();
  await shift(page, 3);
  await elsewhere(page);
});

test('also on the page of help', async ({ page }) => {
  await page.goto('/help');
  await page.keyboard.press('Tab');
  await expect(page.getByRole('link', { name: 'Leave now' })).toBeFocused();
  const asked = page.waitForRequest(AWAY);
  await shift(page, 3);
  await asked;
});

test('other tabs go too', async ({ page, context }) => {
  await signIn(page);
  const other = await context.newPage();
  await other.goto('/accounts');
  const open = await context.newPage();
  await open.goto('/');
  await page.bringToFront();
  await page.getByRole('link', { name: 'Leave now' }).click();
  for (const tab of [page, other, open]) await elsewhere(tab);
});

test('what was typed in the tab is forgotten at once', async ({ page }) => {
  const left: number[] = [];
  await page.exposeFunction('tell', (kept: number) => left.push(kept));
  await signIn(page);
  await connect(page, await addAccount({ password: PASSWORD }));
  await page.goto('/shields/new');
  await page.getByLabel('Who is it coming from?').fill('grudge.sandbox.test');
  expect(await page.evaluate(() => sessionStorage.length)).toBeGreaterThan(0);
  // Before the server, which has the browser forget too, is asked.
  await page.evaluate(() => {
    const { fetch: before, tell } = window as unknown as { fetch: typeof fetch; tell(kept: number): void };
    window.fetch = (input, init) => {
      if (String(input).endsWith('/api/leave')) queueMicrotask(() => tell(sessionStorage.length));
      return before(input, init);
    };
  });
  await page.getByRole('link', { name: 'Leave now' }).click();
  await elsewhere(page);
  expect(left).toEqual([0]);
});

test('a page that comes from the browser’s memory is asked for anew', async ({ page }) => {
  const email = await signIn(page);
  await expect(page.getByText(`Signed in as ${email}`)).toBeVisible();
  await page.context().clearCookies();
  await page.evaluate(() => {
    dispatchEvent(new PageTransitionEvent('pageshow', { persisted: true }));
  });
  await expect(page.getByRole('heading', { name: 'Sign in' })).toBeVisible();
  await expect(page.getByText(email)).toHaveCount(0);
});

test('pages of the console are kept by no cache', async ({ page }) => {
  await signIn(page);
  for (const path of ['/shields', '/accounts', '/people', '/shields/new']) {
    const answer = await page.request.get(path);
    expect([path, answer.headers()['cache-control']]).toEqual([path, expect.stringContaining('no-store')]);
  }
});

test('an open dialog does not stand in the way', async ({ page }) => {
  await signIn(page);
  await page.evaluate(() => {
    const dialog = document.createElement('dialog');
    dialog.textContent = 'open';
    document.body.append(dialog);
    dialog.showModal();
  });
  const box = await page.getByRole('link', { name: 'Leave now', includeHidden: true }).boundingBox();
  if (!box) throw new Error('The button is nowhere.');
  await page.mouse.click(box.x + box.width / 2, box.y + box.height / 2);
  await elsewhere(page);
});

test('the longest dialog on a small phone leaves the button free, and shows its own', async ({ page }) => {
  await page.setViewportSize({ width: 360, height: 560 });
  await signIn(page);
  const handle = await addAccount({ password: PASSWORD });
  await connect(page, handle);
  await page.getByRole('button', { name: `Disconnect @${handle}` }).click();
  const own = page.getByRole('dialog').getByRole('button', { name: 'Disconnect' });
  await expect(own).toBeInViewport({ ratio: 1 });
  const dialog = await page.getByRole('dialog').boundingBox();
  const button = await page.getByRole('link', { name: 'Leave now', includeHidden: true }).boundingBox();
  if (!dialog || !button) throw new Error('The dialog or the button is nowhere.');
  expect(dialog.y).toBeGreaterThanOrEqual(button.y + button.height);
  await page.mouse.click(button.x + button.width / 2, button.y + button.height / 2);
  await elsewhere(page);
});

test.describe('without scripts', () => {
  test.use({ javaScriptEnabled: false });
  test('the button is a link that ends the session and leads away', async ({ page, baseURL }) => {
    await page.goto('/sign-in');
    const away = await ask(`${baseURL}/leave`, { headers: { 'sec-fetch-site': 'same-origin' } });
    expect([away.status, away.headers.location]).toEqual([303, AWAY]);
    // Where one came from is told to our own pages alone.
    expect(away.headers['referrer-policy']).toBe('same-origin');
    const asked = page.waitForRequest(AWAY);
    await page.getByRole('link', { name: 'Leave now' }).click();
    await asked;
  });
});

test('a stranger’s page can’t end a session', async ({ page, context, baseURL }) => {
  const email = await signIn(page);
  const cookie = await cookieOf(context);
  const headers = { cookie, 'sec-fetch-site': 'cross-site' };
  expect((await ask(`${baseURL}/leave`, { headers })).headers.location).toBe(AWAY);
  expect((await ask(`${baseURL}/leave/over`, { headers })).status).toBe(303);
  const posted = await ask(`${baseURL}/api/leave`, { method: 'POST', headers, body: '{}' });
  expect(posted.status).toBe(403);
  expect(await session(baseURL, cookie)).toMatchObject({ user: { email } });
  const own = { cookie: `${cookie}; secateur.browser=x`, 'sec-fetch-site': 'same-origin' };
  const left = await ask(`${baseURL}/leave`, { headers: own });
  expect(await session(baseURL, cookie)).toBeNull();
  // Nor can whoever comes next finish a sign-in that was on its way to a network.
  expect(String(left.headers['set-cookie'])).toContain('secateur.browser=;');
});

test('it looks right', async ({ page }) => {
  await page.goto('/sign-in');
  await look(page, 'leave-sign-in');
});
