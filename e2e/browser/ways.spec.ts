import { plugIn } from './authenticator.ts';
import { look } from './look.ts';
import { consent, signIn } from './member.ts';
import { addOldPasskey } from './passkey.ts';
import { expect, test } from './test.ts';
import { addAccount, PASSWORD } from './world.ts';

test('a Bluesky account is added to a user who came by mail, opens the same one, and is removed', async ({ page }) => {
  const device = await plugIn(page);
  const handle = await addAccount({ password: PASSWORD });
  const email = await signIn(page);
  await addOldPasskey(page, device, email);
  const ways = page.getByRole('list', { name: 'What you sign in with' }).getByRole('listitem');
  const idOf = async () => (await (await page.request.get('/api/auth/session')).json()).user.id;
  const me = await idOf();
  await page.goto('/settings/security');
  await expect(ways).toHaveCount(1);
  await look(page, 'ways-mail-only');
  await page.getByRole('button', { name: 'Go to Bluesky' }).click();
  await expect(page.getByText('Type the handle of your account.')).toBeVisible();
  await page.getByLabel('Your handle on Bluesky').fill(handle);
  await page.getByRole('button', { name: 'Go to Bluesky' }).click();
  await consent(page, handle);
  await expect(ways.filter({ hasText: handle })).toBeVisible();
  await look(page, 'ways-two');

  await page.getByRole('button', { name: 'Sign out' }).click();
  await expect(page.getByRole('link', { name: 'Sign in', exact: true }).first()).toBeVisible();
  await page.goto('/sign-in');
  await page.getByLabel('Your handle on Bluesky').fill(handle);
  await page.getByLabel('Let Secateur block and mute for me').uncheck();
  await page.getByRole('button', { name: 'Continue with Bluesky' }).click();
  await consent(page, handle);
  // It comes before the passkey, as the link does.
  await expect(page.getByRole('heading', { name: 'One more step' })).toBeVisible();
  await device.touch(true);
  await page.getByRole('button', { name: 'Sign in with a passkey' }).click();
  await expect(page.getByRole('heading', { name: 'Your shields' })).toBeVisible();
  expect(await idOf()).toBe(me);

  await page.goto('/settings/security');
  await page.getByRole('button', { name: `Remove @${handle}` }).click();
  await expect(page.getByText(`You no longer sign in with @${handle}.`)).toBeVisible();
  await expect(ways).toHaveCount(1);
  await page.goto('/dev/mail');
  await expect(page.getByText('was removed from the ways to sign in').first()).toBeVisible();
});

test('who came by Bluesky can’t remove it while it is the only way in, and sees where to add an address', async ({
  page,
}) => {
  const device = await plugIn(page);
  const handle = await addAccount({ password: PASSWORD });
  await page.goto('/sign-in');
  await page.getByLabel('Your handle on Bluesky').fill(handle);
  await page.getByLabel('Let Secateur block and mute for me').uncheck();
  await page.getByRole('button', { name: 'Continue with Bluesky' }).click();
  await consent(page, handle);
  await expect(page.getByRole('heading', { name: 'Your shields' })).toBeVisible();
  await addOldPasskey(page, device, handle);
  await page.goto('/settings/security');
  await expect(page.getByRole('link', { name: 'Add an address' })).toBeVisible();
  await page.getByRole('button', { name: `Remove @${handle}` }).click();
  await expect(page.getByText('This is the only way in that you have left.')).toBeVisible();
  await look(page, 'ways-last');
});

test('links to confirm something are sent so often and no more', async ({ page }) => {
  await signIn(page);
  const send = () =>
    page.request.post('/api/trpc/stepUp.sendLink', {
      headers: { 'content-type': 'application/json', 'sec-fetch-site': 'same-origin' },
      data: JSON.stringify({ json: { deed: 'export' } }),
    });
  expect((await send()).status()).toBe(200);
  const more: number[] = [];
  for (let i = 0; i < 10; i += 1) more.push((await send()).status());
  expect(more.at(-1)).toBe(429);
});
