import { readFile } from 'node:fs/promises';
import { look } from './look.ts';
import { connect, raise, signIn } from './member.ts';
import { expect, test } from './test.ts';
import { addAccount, blocksOf, PASSWORD, sandbox } from './world.ts';

test('whom a rule finds is muted instead of blocked, and the preview names them once somebody looks', async ({
  page,
}) => {
  const handle = await addAccount({ password: PASSWORD, followers: 5 });
  const troll = await addAccount({ followers: 12 });
  await sandbox().perform({ do: 'follow', account: `${handle}#1`, subject: troll });
  await signIn(page);
  await connect(page, handle);
  await page.goto('/shields/new');
  await page.getByLabel('People who follow you').selectOption({ label: 'Mute, don’t block' });
  await page.getByText('More rules').click();
  await page.getByLabel('Accounts with many followers').selectOption({ label: 'Spare them' });
  await page.getByLabel('Many is more than').fill('500000');
  await look(page, 'rules-form');
  await page.getByLabel('Who is it coming from?').fill(troll);
  await page.getByRole('button', { name: 'Look at what it would do' }).click();
  await expect(page.getByRole('button', { name: 'Raise the shield' })).toBeVisible();
  const people = page.getByRole('region', { name: 'Muted, and not blocked' });
  await expect(people.getByText('Follows you: 1')).toBeVisible();
  await expect(people.getByRole('listitem').filter({ hasText: '@' })).toBeHidden();
  await people.getByText('Show 1 person who is only muted').click();
  await look(page, 'preview-weakened');
  await raise(page);
  await expect(page.locator('[data-state]')).toHaveText(/^Holding/);
  await expect(page.getByText(/Muted and not blocked: Follows you/)).toBeVisible();
  expect((await blocksOf(handle)).size).toBe(12);
  expect(await sandbox().mutes(handle)).toHaveLength(1);
});

test('a list of people to spare comes from a file and goes into one', async ({ page }) => {
  const known = await addAccount({ followers: 1 });
  await signIn(page);
  await page.goto('/people');
  const bring = page.getByRole('region', { name: 'Bring a list' });
  await bring.getByLabel('A file of accounts').setInputFiles({
    name: 'friends.csv',
    mimeType: 'text/csv',
    buffer: Buffer.from(`${known}\nthis is nobody\n`),
  });
  await expect(bring.getByText('1 account of friends.csv found.')).toBeVisible();
  await expect(bring.getByText(/1 line/)).toBeVisible();
  await look(page, 'people-bring');
  await bring.getByRole('button', { name: 'Spare this one' }).click();
  await expect(bring.getByText('One person is new on the list.')).toBeVisible();
  await page.getByLabel('Find somebody on the list').fill(known);
  await expect(page.getByRole('list', { name: 'People you always spare' }).getByRole('listitem')).toHaveCount(1);
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('button', { name: 'Save the list for Bluesky' }).click(),
  ]);
  const text = await readFile(await download.path(), 'utf8');
  expect(text).toContain(known);
  expect(text.split('\r\n')).toHaveLength(3);
  await page.getByLabel('Find somebody on the list').fill('somebody else');
  await expect(page.getByText('Nobody on the list is called that.')).toBeVisible();
});
