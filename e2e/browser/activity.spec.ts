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
  await expect(list.getByText('You took a copy of this activity.')).toBeVisible();
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
