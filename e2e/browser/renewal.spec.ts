import { HOUR } from '@secateur/base';
import { look } from './look.ts';
import { held } from './member.ts';
import { expect, test } from './test.ts';
import { blocksOf, sandbox } from './world.ts';

test('a shield that ends soon is held longer at one press', async ({ page }) => {
  const { me } = await held(page, 4, '1 day');
  await sandbox().advance(19 * HOUR);
  // The web app reads the pretend network's clock twice a second.
  await expect(async () => {
    await page.goto('/shields');
    await expect(page.getByText('A shield ends soon')).toBeVisible({ timeout: 2_000 });
  }).toPass();
  await look(page, 'shields-ending');
  await page.getByRole('button', { name: 'Hold it longer' }).click();
  await expect(page.getByText('It is held longer now.')).toBeVisible();
  await sandbox().advance(8 * HOUR);
  await page.getByRole('list', { name: 'Shields, newest first' }).getByRole('link').click();
  await expect(page.locator('[data-state=holding]')).toBeVisible();
  expect((await blocksOf(me)).size).toBe(5);
});
