import { look } from './look.ts';
import { connect, preview, raise, signIn } from './member.ts';
import { expect, test } from './test.ts';
import { addAccount, PASSWORD, sandbox } from './world.ts';

test('everybody whom shields cover is found by name and by what became of them', async ({ page }) => {
  test.setTimeout(120_000);
  const me = await addAccount({ password: PASSWORD, followers: 5 });
  const troll = await addAccount({ followers: 70, displayName: 'Loud One' });
  const other = await addAccount({ followers: 3 });
  await sandbox().perform({ do: 'follow', account: `${me}#1`, subject: troll });
  await sandbox().perform({ do: 'follow', account: `${troll}#0`, subject: other });
  await signIn(page);
  await page.goto('/shields');
  await page.getByRole('link', { name: 'Search everyone' }).click();
  await expect(page.getByText('Nobody is in it yet.')).toBeVisible();
  await look(page, 'ledger-empty');

  await connect(page, me);
  for (const who of [troll, other]) {
    await preview(page, who);
    await expect(page.getByText(/^The whole crowd is listed/)).toBeVisible();
    await raise(page);
    await expect(page.locator('[data-state=holding]')).toBeVisible();
  }
  await page.goto('/ledger');
  const rows = page.locator('tbody tr');
  await expect(page.getByText('77 entries')).toBeVisible();
  await expect(rows).toHaveCount(50);
  await look(page, 'ledger');
  await page.getByRole('button', { name: 'Next page' }).click();
  await expect(rows).toHaveCount(27);
  await page.getByRole('button', { name: 'Previous page' }).click();
  await expect(rows).toHaveCount(50);

  // Everything by keyboard.
  await page.getByLabel('Search by name').focus();
  await page.keyboard.type(`@${troll.slice(0, 9)}`);
  await page.keyboard.press('Enter');
  await expect(rows).toHaveCount(1);
  await expect(rows.getByText('Loud One')).toBeVisible();
  await page.getByLabel('Search by name').fill('nobody is called so');
  await page.keyboard.press('Enter');
  await expect(page.getByText('Nobody here fits what you chose.')).toBeVisible();
  await look(page, 'ledger-nobody');
  await page.getByRole('button', { name: 'Show everyone' }).click();
  await expect(page.getByText('77 entries')).toBeVisible();
  await expect(page.getByLabel('Search by name')).toHaveValue('');

  await page.getByLabel('What became of them').selectOption({ label: 'Spared' });
  await expect(rows).toHaveCount(1);
  await expect(rows.getByText('Follows you').filter({ visible: true })).toBeVisible();
  await page.getByLabel('What became of them').selectOption({ label: 'Already so, by another shield' });
  await expect(rows).toHaveCount(1);
  await rows.getByRole('link', { name: `shield against ${troll}` }).click();
  await expect(page.getByRole('heading', { name: 'Everyone in it' })).toBeVisible();

  await page.getByRole('link', { name: 'Search and filter' }).click();
  await expect(page.getByText('72 entries')).toBeVisible();
  await page.getByRole('checkbox', { name: 'Hide names' }).check();
  await expect(rows.first().getByText('Name hidden')).toBeVisible();
  await expect(page.locator('main').getByText(troll)).toHaveCount(0);
  await look(page, 'ledger-hidden');
  await page.reload();
  await expect(rows.first().getByText('Name hidden')).toBeVisible();
});
