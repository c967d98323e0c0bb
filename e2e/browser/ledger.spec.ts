import { look } from './look.ts';
import { connect, held, preview, raise, signIn } from './member.ts';
import { expect, test } from './test.ts';
import { addAccount, blocksOf, PASSWORD, sandbox } from './world.ts';

test('everybody whom shields cover is found by name and by what became of them', async ({ page }) => {
  test.setTimeout(240_000);
  const me = await addAccount({ password: PASSWORD, followers: 5 });
  const troll = await addAccount({ followers: 70, displayName: 'Loud One' });
  const other = await addAccount({ followers: 3 });
  // Of a made-up crowd somebody may have put the account away: these two have not.
  const [friend, fan] = [await addAccount(), await addAccount()];
  for (const subject of [me, troll]) await sandbox().perform({ do: 'follow', account: friend, subject });
  for (const subject of [troll, other]) await sandbox().perform({ do: 'follow', account: fan, subject });
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
  const entries = page.getByText(/^\d+ entries$/);
  await expect(entries).toBeVisible();
  const all = Number.parseInt((await entries.textContent()) ?? '', 10);
  expect(all).toBeGreaterThan(70);
  await expect(rows).toHaveCount(50);
  await look(page, 'ledger');
  await page.getByRole('button', { name: 'Next page' }).click();
  await expect(rows).toHaveCount(all - 50);
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
  await expect(page.getByText(`${all} entries`)).toBeVisible();
  await expect(page.getByLabel('Search by name')).toHaveValue('');

  await page.getByLabel('What became of them').selectOption({ label: 'Spared' });
  await expect(rows).toHaveCount(1);
  await expect(rows.getByText('Follows you').filter({ visible: true })).toBeVisible();
  await page.getByLabel('What became of them').selectOption({ label: 'Already so, by another shield' });
  await expect(rows).toHaveCount(1);
  await rows.getByRole('link', { name: `shield against ${troll}` }).click();
  await expect(page.getByRole('heading', { name: 'Everyone in it' })).toBeVisible();

  await page.getByRole('link', { name: 'Search and filter' }).click();
  await expect(entries).toBeVisible();
  await expect(page.getByText(`${all} entries`)).toHaveCount(0);
  await page.getByRole('checkbox', { name: 'Hide names' }).check();
  await expect(rows.first().getByText('Name hidden')).toBeVisible();
  await expect(page.locator('main').getByText(troll)).toHaveCount(0);
  await look(page, 'ledger-hidden');
  await page.reload();
  await expect(rows.first().getByText('Name hidden')).toBeVisible();
});

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
  test.setTimeout(240_000);
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

test('everyone whom a search shows is undone', async ({ page }) => {
  const { me, troll } = await held(page, 5);
  await page.goto('/ledger');
  await expect(page.getByText('6 entries')).toBeVisible();
  await expect(page.getByRole('button', { name: 'Undo for all who are shown' })).toHaveCount(0);
  await page.getByLabel('Search by name').fill(troll);
  await page.getByRole('button', { name: 'Search', exact: true }).click();
  await expect(page.locator('tbody tr')).toHaveCount(1);
  await page.getByRole('button', { name: 'Undo for all who are shown' }).click();
  await expect(page.getByText('Leave this page open until it is done.')).toBeVisible();
  await page.getByRole('dialog').getByRole('button', { name: 'Undo for all of them' }).click();
  await expect(page.getByText('Undone for one person.')).toBeVisible();
  await expect.poll(async () => (await blocksOf(me)).size).toBe(5);
  await look(page, 'ledger-undone-shown');
});
