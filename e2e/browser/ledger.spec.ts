import type { Page } from '@playwright/test';
import { look } from './look.ts';
import { connect, preview, raise, signIn } from './member.ts';
import { expect, test } from './test.ts';
import { addAccount, blocksOf, PASSWORD, sandbox } from './world.ts';

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

/** An account with a shield that holds; returns its handle and the harasser's. */
async function held(page: Page, followers: number, hold?: string): Promise<{ me: string; troll: string }> {
  const me = await addAccount({ password: PASSWORD, followers: 3 });
  const troll = await addAccount({ followers });
  await signIn(page);
  await connect(page, me);
  await preview(page, troll, hold);
  await expect(page.getByText(/^The whole crowd is listed/)).toBeVisible();
  await raise(page);
  await expect(page.locator('[data-state=holding]')).toBeVisible();
  return { me, troll };
}

test('some are undone in one press, by keyboard', async ({ page }) => {
  const { me } = await held(page, 6);
  expect((await blocksOf(me)).size).toBe(7);
  await page.goto('/ledger');
  const boxes = page.getByRole('checkbox', { name: /^Choose @?\S+\.sandbox\.test/ });
  await expect(boxes).toHaveCount(7);
  await boxes.nth(1).focus();
  await page.keyboard.press('Space');
  await boxes.nth(3).focus();
  await page.keyboard.press('Space');
  await expect(page.getByRole('button', { name: 'Undo for the 2 chosen' })).toBeVisible();
  await look(page, 'ledger-chosen');
  await page.getByRole('button', { name: 'Undo for the 2 chosen' }).focus();
  await page.keyboard.press('Enter');
  await expect(page.getByRole('dialog')).toBeVisible();
  await look(page, 'ledger-undo-some');
  await page.getByRole('dialog').getByRole('button', { name: 'Undo for 2 people' }).focus();
  await page.keyboard.press('Enter');
  await expect(page.getByText(/^Undone for 2 people\./)).toBeFocused();
  await expect(page.locator('tbody tr[data-standing=undone]')).toHaveCount(2);
  await expect.poll(async () => (await blocksOf(me)).size).toBe(5);
  await page.getByRole('checkbox', { name: 'Choose everyone on this page who can be undone' }).check();
  await page.getByRole('button', { name: 'Undo for the 5 chosen' }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Undo for 5 people' }).click();
  await expect.poll(async () => (await blocksOf(me)).size).toBe(0);
});

test('everything is undone over days, that is called off, and then at once', async ({ page }) => {
  test.setTimeout(120_000);
  const { me, troll } = await held(page, 40);
  const before = (await blocksOf(me)).size;
  await page.goto('/ledger');
  const part = page.getByRole('region', { name: 'Undo everything' });
  await part.getByLabel('How fast').selectOption({ label: 'Over four weeks' });
  await part.getByRole('button', { name: 'Undo everything' }).click();
  await expect(page.getByRole('dialog').getByText(/bit by bit, the last of them by/)).toBeVisible();
  await look(page, 'ledger-undo-everything');
  await page.getByRole('dialog').getByRole('button', { name: 'Undo everything' }).click();
  await expect(part.getByText('Everything is being undone')).toBeVisible();
  await expect(part.getByText(/ are still held\. All are let go by /)).toBeVisible();
  await look(page, 'ledger-undoing');
  await page.goto('/shields');
  await page.getByRole('link', { name: `@${troll}` }).click();
  await expect(page.getByText('This shield is being undone together with all others.')).toBeVisible();
  await look(page, 'shield-ordered');
  expect((await blocksOf(me)).size).toBeGreaterThan(before - 5);

  await page.getByRole('link', { name: 'Go to the ledger' }).click();
  await part.getByRole('button', { name: 'Call it off' }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Call it off' }).click();
  await expect(part.getByText(/^Called off\./)).toBeVisible();
  await part.getByRole('button', { name: 'Undo everything' }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Undo everything' }).click();
  await expect.poll(async () => (await blocksOf(me)).size).toBe(0);
  await expect(page.locator('tbody tr[data-standing=undone]').first()).toBeVisible();
});

test('a shield that ends soon is held longer at one press', async ({ page }) => {
  const { me } = await held(page, 4, '2 minutes (only in this demo)');
  await sandbox().advance(95_000);
  await page.goto('/shields');
  await expect(page.getByText('A shield ends soon')).toBeVisible();
  await look(page, 'shields-ending');
  await page.getByRole('button', { name: 'Hold it longer' }).click();
  await expect(page.getByText('It is held longer now.')).toBeVisible();
  await sandbox().advance(60_000);
  await page.getByRole('list', { name: 'Shields, newest first' }).getByRole('link').click();
  await expect(page.locator('[data-state=holding]')).toBeVisible();
  expect((await blocksOf(me)).size).toBe(5);
});

test('why a shield was raised is kept for those who work here', async ({ page }) => {
  const me = await addAccount({ password: PASSWORD });
  const troll = await addAccount({ followers: 2 });
  await signIn(page);
  await connect(page, me);
  await page.goto('/shields/new');
  await page.getByLabel('Who is it coming from?').fill(troll);
  await page.getByLabel('Why? (only if you like)').fill('The thread of last Friday');
  await page.getByRole('button', { name: 'Look at what it would do' }).click();
  await expect(page.getByText(/^The whole crowd is listed/)).toBeVisible();
  await raise(page);
  await expect(page.getByText('The thread of last Friday')).toBeVisible();
  await page.getByRole('button', { name: 'Change' }).click();
  await expect(page.getByLabel('Why you raised it')).toBeFocused();
  await page.getByLabel('Notes').fill('First line\nשורה שנייה 👩🏽‍🚒');
  await look(page, 'shield-note-writing');
  await page.getByRole('button', { name: 'Save' }).click();
  await expect(page.getByText('שורה שנייה 👩🏽‍🚒')).toBeVisible();
  await look(page, 'shield-note');
});
