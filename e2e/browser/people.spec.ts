import { readFile } from 'node:fs/promises';
import { look } from './look.ts';
import { signIn } from './member.ts';
import { expect, test } from './test.ts';
import { addAccount } from './world.ts';

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
