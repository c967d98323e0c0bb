import { look } from './look.ts';
import { signIn } from './member.ts';
import { expect, test } from './test.ts';

const HELP = 'Get help';

test('help is reached from every page, without an account', async ({ page }) => {
  for (const path of ['/', '/sign-in', '/no-such-page', '/invitation']) {
    await page.goto(path);
    await page.getByRole('link', { name: HELP }).first().click();
    await expect(page.getByRole('heading', { name: 'When a crowd comes at you online' })).toBeVisible();
  }
  await signIn(page);
  for (const path of ['/shields', '/accounts', '/people', '/members', '/settings', '/shields/new']) {
    await page.goto(path);
    await expect(page.getByRole('link', { name: HELP }).first()).toHaveAttribute('href', '/help');
  }
});

test('it says who helps where, and how it is known', async ({ page }) => {
  await page.goto('/help');
  await look(page, 'help');
  await page.getByText('United Kingdom', { exact: true }).click();
  await expect(page.getByRole('link', { name: '0808 802 0300' })).toHaveAttribute('href', 'tel:08088020300');
  await expect(page.getByRole('link', { name: /^Where we found this, / }).first()).toBeVisible();
  await expect(page.getByText('check before you rely on one')).toBeVisible();
});

test('it takes little to load', async ({ page, context }) => {
  const session = await context.newCDPSession(page);
  await session.send('Network.enable');
  let bytes = 0;
  session.on('Network.loadingFinished', ({ encodedDataLength }) => {
    bytes += encodedDataLength;
  });
  await page.goto('/help', { waitUntil: 'networkidle' });
  expect(bytes).toBeGreaterThan(1_000);
  expect(bytes).toBeLessThan(60_000);
  const cookies = await context.cookies();
  expect(cookies).toEqual([]);
});

test.describe('without scripts', () => {
  test.use({ javaScriptEnabled: false });
  test('it is all there', async ({ page }) => {
    await page.goto('/help');
    await expect(page.getByRole('heading', { name: 'The first hour' })).toBeVisible();
    await expect(page.getByRole('heading', { name: 'Who helps' })).toBeVisible();
    await expect(page.getByRole('link', { name: 'Leave now' })).toHaveAttribute('href', '/leave');
  });
});

test('what Secateur can’t do is said before anybody signs up', async ({ page }) => {
  await page.goto('/sign-in');
  await expect(page.getByRole('heading', { name: 'What Secateur can’t do' })).toBeVisible();
  await expect(page.getByText('It gives no legal advice.')).toBeVisible();
});
