import { readFileSync } from 'node:fs';
import { plugIn } from './authenticator.ts';
import { look } from './look.ts';
import { connect, preview, raise, signIn } from './member.ts';
import { addOldPasskey } from './passkey.ts';
import { expect, test } from './test.ts';
import { addAccount, PASSWORD } from './world.ts';

test('what was done is told in sentences, can be filtered and taken along, and taking it is told too', async ({
  page,
}) => {
  const handle = await addAccount({ password: PASSWORD, followers: 3 });
  const troll = await addAccount({ followers: 12 });
  const email = await signIn(page);
  await connect(page, handle);
  await preview(page, troll);
  await raise(page);
  await expect(page.locator('[data-state=holding]')).toBeVisible();

  await page.getByRole('link', { name: 'Activity', exact: true }).click();
  await expect(page.getByRole('heading', { level: 1, name: 'Activity' })).toBeVisible();
  const list = page.getByRole('list', { name: 'What was done, newest first' });
  await expect(list.getByText(`You raised a shield against @${troll}.`)).toBeVisible();
  await expect(list.getByText(`Secateur made or lifted 13 blocks or mutes as @${handle}.`)).toBeVisible();
  await look(page, 'activity');

  await page.getByLabel('Done by').selectOption({ label: 'Secateur itself' });
  await expect(list.getByText(/^You /)).toHaveCount(0);
  await expect(list.getByText(/^Secateur made/)).toBeVisible();
  await page.getByLabel('Done by').selectOption({ label: 'Our staff' });
  await expect(page.getByText('Nothing here fits what you chose.')).toBeVisible();
  await look(page, 'activity-empty');
  await page.getByRole('button', { name: 'Show everything' }).click();

  // A copy names people: who takes it shows first who they are.
  await page.getByRole('button', { name: 'As a table (CSV)' }).click();
  await expect(page.getByRole('dialog', { name: 'Confirm that it’s you' })).toBeVisible();
  await page.getByRole('dialog').getByRole('button', { name: 'Go back' }).click();
  await addOldPasskey(page, await plugIn(page), email);
  await page.goto('/activity');
  const [file] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('button', { name: 'As a table (CSV)' }).click(),
  ]);
  expect(file.suggestedFilename()).toBe('activity.csv');
  const text = readFileSync(await file.path(), 'utf8');
  expect(text).toContain(`,shield.raised,shield,${troll},`);
  expect(text).toContain(',trail.exported,');
  await page.getByRole('button', { name: 'One newer entry – show' }).click();
  await expect(list.getByText('You took a copy of this activity.')).toBeVisible();
});

test('what is done meanwhile is said, and shown when its reader asks; nothing moves before', async ({
  page,
  context,
}) => {
  await signIn(page);
  await page.goto('/activity');
  const list = page.getByRole('list', { name: 'What was done, newest first' });
  const first = list.getByRole('listitem').first();
  await expect(first).toBeVisible();
  const [words, place] = [await list.textContent(), await first.boundingBox()];

  const elsewhere = await context.newPage();
  await elsewhere.goto('/settings');
  for (const name of ['One', 'Two']) {
    await elsewhere.getByLabel('Name', { exact: true }).fill(name);
    await elsewhere.getByRole('button', { name: 'Save the name' }).click();
    await expect(elsewhere.getByText('Saved.')).toBeVisible();
    await elsewhere.reload();
  }
  await elsewhere.close();

  await page.bringToFront();
  const show = page.getByRole('button', { name: '2 newer entries – show' });
  await expect(show).toBeVisible();
  await expect(page.getByRole('status').filter({ hasText: 'There are newer entries.' })).toHaveCount(1);
  expect(await list.textContent()).toBe(words);
  expect(await first.boundingBox()).toEqual(place);
  await look(page, 'activity-newer');

  await show.focus();
  await page.keyboard.press('Enter');
  await expect(list.getByText('You changed the name.')).toHaveCount(2);
  await expect(list).toBeFocused();
  await expect(show).toHaveCount(0);
});

test('the filter is gone through with the keyboard alone', async ({ page }) => {
  await signIn(page);
  await page.goto('/activity');
  await expect(page.getByText('You began using Secateur here.')).toBeVisible();
  await page.getByLabel('Done by').focus();
  for (const name of ['About', 'From', 'Until and including']) {
    await expect
      .poll(async () => {
        await page.keyboard.press('Tab');
        return page.evaluate((label) => document.activeElement?.matches(`[id="${label}"]`), idOf(name));
      })
      .toBe(true);
  }
});

function idOf(name: string): string {
  return { About: 'activity-about', From: 'activity-from' }[name] ?? 'activity-to';
}
