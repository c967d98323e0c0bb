import { readFileSync } from 'node:fs';
import type { Page } from '@playwright/test';
import { plugIn } from './authenticator.ts';
import { look } from './look.ts';
import { accountRow, connect, raise, signIn } from './member.ts';
import { addOldPasskey } from './passkey.ts';
import { expect, test } from './test.ts';
import { addAccount, PASSWORD, sandbox } from './world.ts';

/** Somebody new on the sandbox's X; names there are short. */
async function person(more: { followers?: number } = {}): Promise<string> {
  const username = `x${Date.now().toString(36)}${Math.floor(Math.random() * 1_000)}`;
  const account = { name: null, followers: 0, protected: false, verified: false, ...more };
  await sandbox().perform({ do: 'add-x-accounts', accounts: [{ ...account, username, password: PASSWORD }] });
  return username;
}

/** Signs in on X's own page, and answers what it asks. */
async function consent(page: Page, username: string, answer: 'Authorize app' | 'Cancel' = 'Authorize app') {
  await expect(page.getByRole('heading', { name: 'Sign in to X (sandbox)' })).toBeVisible();
  if (answer === 'Authorize app') {
    await page.getByLabel('Username').fill(username);
    await page.getByLabel('Password').fill(PASSWORD);
  }
  await page.getByRole('button', { name: answer }).click();
}

const mutes = async (username: string) => (await sandbox().x.held(username)).mutes;
const living = async (username: string) => (await sandbox().x.grants(username)).filter(({ dead }) => !dead);

async function connectX(page: Page, username: string): Promise<void> {
  await page.goto('/accounts');
  await page.getByLabel('Your handle on').first().fill(`@${username}`);
  await page.getByRole('button', { name: 'Connect with X' }).click();
  await consent(page, username);
  await expect(accountRow(page, username).getByText('Ready', { exact: true })).toBeVisible();
}

test('an account on X is connected by consent; nothing may be spent before an owner says how much', async ({
  page,
}) => {
  await signIn(page);
  await connectX(page, await person());
  await look(page, 'accounts-x');

  await page.goto('/settings');
  await page.getByRole('link', { name: 'Spending' }).click();
  await expect(page.getByText('$0.00 of $0.00')).toBeVisible();
  await expect(page.getByText('Nothing may be spent')).toBeVisible();
  const limit = page.getByLabel('Most that may be spent in a month');
  await limit.fill('a lot');
  await page.getByRole('button', { name: 'Save the limit' }).click();
  await expect(page.getByText('Type an amount between 0 and 10,000')).toBeVisible();
  await expect(limit).toBeFocused();
  await look(page, 'spending-wrong');
  await limit.fill('25');
  await page.getByRole('button', { name: 'Save the limit' }).click();
  await expect(page.getByText('Saved. What waited goes on.')).toBeVisible();
  await expect(page.getByText('$0.00 of $25.00')).toBeVisible();
  await look(page, 'spending');

  await page.goto('/activity');
  await expect(page.getByText('You changed how much may be spent in a month.')).toBeVisible();
});

test('signing in with X signs in, connects when asked to, and is the same member the next time', async ({ page }) => {
  const who = await person();
  await page.goto('/sign-in');
  await page.getByLabel('Your handle on Bluesky, Mastodon or X').fill(`@${who}`);
  await page.getByRole('button', { name: 'Continue with X' }).click();
  await consent(page, who, 'Cancel');
  await expect(page.getByText('Secateur was not allowed to do this.')).toBeVisible();

  await page.goto('/sign-in');
  await page.getByLabel('Your handle on').fill(`https://x.com/${who}`);
  // The name says which network it is, whatever is pressed.
  await page.getByRole('button', { name: 'Continue with Bluesky' }).click();
  await consent(page, who);
  await expect(page.getByRole('heading', { name: 'Your accounts' })).toBeVisible();
  await expect(accountRow(page, who).getByText('Ready', { exact: true })).toBeVisible();
  await expect(page.getByText(`Signed in as ${who}`)).toBeVisible();
  const idOf = async () => (await (await page.request.get('/api/auth/session')).json()).user.id;
  const first = await idOf();
  expect(await living(who)).toMatchObject([{ scope: expect.stringMatching(/mute\.write/) }]);
  await page.getByRole('button', { name: 'Sign out' }).click();
  await expect(page.getByRole('link', { name: 'Sign in', exact: true }).first()).toBeVisible();

  await page.goto('/sign-in');
  await page.getByLabel('Your handle on').fill(who);
  await page.getByLabel('Let Secateur block and mute for me').uncheck();
  await page.getByRole('button', { name: 'Continue with X' }).click();
  await expect(page.getByText('It asks for: users.read tweet.read', { exact: true })).toBeVisible();
  await consent(page, who);
  await expect(page.getByRole('heading', { name: 'Your shields' })).toBeVisible();
  expect(await idOf()).toBe(first);
  // What signing in alone gave was given back, and what the connection has works on.
  expect(await living(who)).toMatchObject([{ scope: expect.stringMatching(/mute\.write/) }]);
  await page.goto('/accounts');
  await expect(accountRow(page, who).getByText('Ready', { exact: true })).toBeVisible();
});

test('a shield on X, from the limit to the undo: mutes only, what it costs before, and the list for an extension', async ({
  page,
}) => {
  const [me, loud] = [await person(), await person({ followers: 12 })];
  const elsewhere = await addAccount({ password: PASSWORD });
  await sandbox().perform(
    { do: 'x-follow', account: me, subject: [`${loud}#3`] },
    { do: 'x-mute', account: me, subject: `${loud}#5` },
  );
  const crowd = await sandbox().x.followers(loud, 0, 12);
  const email = await signIn(page);
  await connect(page, elsewhere);
  await page.goto('/shields/new');
  await page.getByLabel('Who is it coming from?').fill(`https://x.com/${loud}`);
  await expect(page.getByText('You have no account on X here yet')).toBeVisible();
  await look(page, 'new-shield-x-without');
  await connectX(page, me);

  await page.goto('/shields/new');
  await page.getByLabel('Who is it coming from?').fill(`https://x.com/${loud}`);
  await expect(page.getByText('Nothing can be asked of X now')).toBeVisible();
  await expect(page.getByRole('radio', { name: 'Mute' })).toBeChecked();
  await expect(page.getByRole('radio', { name: 'Block' })).toBeDisabled();
  await expect(page.getByText(`Not as @${me}: X sells blocking to large companies only.`)).toBeVisible();
  await look(page, 'new-shield-x');
  await page.getByRole('link', { name: 'Go to spending' }).click();
  await page.getByLabel('Most that may be spent in a month').fill('10');
  await page.getByRole('button', { name: 'Save the limit' }).click();
  await expect(page.getByText('Saved. What waited goes on.')).toBeVisible();
  await page.goto('/shields/new');
  await expect(page.getByText('X charges for looking, too')).toBeVisible();
  await expect(page.getByText(/left of this month’s \$10\.00/)).toBeVisible();
  await look(page, 'new-shield-x-costs');
  // The other account may block, and does not decide about this one.
  await expect(page.getByRole('checkbox', { name: `@${elsewhere}` })).not.toBeChecked();
  await page.getByRole('button', { name: 'Look at what it would do' }).click();
  await expect(page.getByText('The whole crowd is listed: 13 accounts')).toBeVisible();
  await expect(page.locator('[data-figure=toDo]')).toHaveText('11');
  await expect(page.getByText(/lifting included\. \$\d+\.\d\d of this month’s limit is left\./)).toBeVisible();
  expect(await mutes(me)).toHaveLength(1);

  const device = await plugIn(page);
  const preview = page.url();
  await addOldPasskey(page, device, email);
  await device.touch(true);
  await page.goto(preview);
  await expect(page.getByRole('heading', { name: 'Block them with an extension' })).toBeVisible();
  await look(page, 'preview-x');
  const [file] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('button', { name: 'For Mass Block Twitter (CSV)' }).click(),
  ]);
  await expect(page.getByText('Saved by your browser.')).toBeVisible();
  const [head, ...rows] = readFileSync(await file.path(), 'utf8')
    .trimEnd()
    .split('\r\n');
  expect(head).toBe('id,screen_name,name,description,profile_image_url');
  const friend = crowd[3]?.nativeId;
  const expected = [...crowd.map(({ nativeId }) => nativeId), (await sandbox().x.person(loud)).nativeId];
  expect(rows.map((row) => row.split(',')[0]).toSorted()).toEqual(expected.filter((id) => id !== friend).toSorted());

  await raise(page);
  await expect.poll(async () => (await mutes(me)).length, { timeout: 30_000 }).toBe(12);
  expect((await mutes(me)).map(({ nativeId }) => nativeId)).not.toContain(friend);
  await page.reload();
  await expect(page.getByRole('heading', { name: 'Everyone in it' })).toBeVisible();
  await look(page, 'shield-x');
  await page.getByRole('button', { name: 'Undo everything' }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Undo everything' }).click();
  await expect(page.locator('[data-state]')).toHaveText(/^Undone\. /);
  await expect.poll(async () => await mutes(me), { timeout: 30_000 }).toMatchObject([{ by: 'hand' }]);
  await page.goto('/activity');
  await expect(page.getByText(/took along a list of 12 accounts/)).toBeVisible();
});
