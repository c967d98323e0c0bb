import { HOUR, MINUTE } from '@secateur/base';
import { look } from './look.ts';
import { accountRow, held } from './member.ts';
import { expect, test } from './test.ts';
import { addAccount, blocksOf, sandbox } from './world.ts';

// Each moves the clock of the world that both are in.
test.describe.configure({ mode: 'serial' });

test('who follows the harasser later is blocked within the hour, and the page says so; while it is stopped nobody is', async ({
  page,
}) => {
  const { me, troll } = await held(page, 4, '7 days');
  const whole = (await blocksOf(me)).size;
  await expect(page.getByRole('heading', { name: 'Who joins later' })).toBeVisible();
  await expect(page.getByText('The first look comes within an hour.')).toBeVisible();
  await look(page, 'shield-keeping-not-yet');
  const joins = async () => {
    const handle = await addAccount();
    await sandbox().perform({ do: 'follow', account: handle, subject: [troll] });
    return (await sandbox().person(handle))?.did ?? '';
  };
  const late = await joins();
  await sandbox().advance(HOUR + MINUTE);
  await expect.poll(async () => new Set((await blocksOf(me)).values())).toContain(late);
  expect((await blocksOf(me)).size).toBe(whole + 1);
  await expect(page.getByText('One person came since.')).toBeVisible();
  await expect(page.locator('[data-count=done]')).toHaveText(String(whole + 1));
  await look(page, 'shield-keeping');
  await page.getByRole('button', { name: 'Stop keeping up' }).click();
  await expect(page.getByText('Whoever joins from now on is not covered.')).toBeVisible();
  await look(page, 'shield-keeping-off');
  const later = await joins();
  await sandbox().advance(2 * HOUR);
  expect(new Set((await blocksOf(me)).values())).not.toContain(later);
  await page.getByRole('button', { name: 'Keep up' }).click();
  await expect(page.getByText(/^Whoever joins is covered too, until/)).toBeVisible();
  await expect.poll(async () => new Set((await blocksOf(me)).values())).toContain(later);
});

test('what went from the network without the member’s hand is made again on their word, and nothing else is', async ({
  page,
}) => {
  const { me, troll } = await held(page, 4, '7 days');
  const before = new Set((await blocksOf(me)).values());
  const bystander = await addAccount();
  await sandbox().perform(
    { do: 'unblock', account: me, subject: `${troll}#0` },
    { do: 'block', account: me, subject: [bystander] },
  );
  await sandbox().advance(6 * MINUTE);
  const row = accountRow(page, me);
  // The web app reads the pretend network's clock twice a second.
  await expect(async () => {
    await page.goto('/accounts');
    await row.getByText('What this account holds').click();
    await expect(row.getByRole('button', { name: 'Read it now' })).toBeVisible({ timeout: 2_000 });
  }).toPass();
  await row.getByRole('button', { name: 'Read it now' }).click();
  await expect(row.getByText(/^One of Secateur’s was taken away on the network itself/)).toBeVisible();
  await expect(row.getByText('One made by you or by another tool: it is never touched')).toBeVisible();
  await look(page, 'accounts-standing');
  await row.getByRole('button', { name: 'I didn’t take it away' }).click();
  await expect(page.getByRole('heading', { name: 'Make again what is gone?' })).toBeVisible();
  await look(page, 'accounts-standing-make-again');
  await page.getByRole('button', { name: 'Make it again' }).click();
  await expect(row.getByText('One is being made again.')).toBeVisible();
  await expect
    .poll(async () => new Set((await blocksOf(me)).values()))
    .toEqual(new Set([...before, (await sandbox().person(bystander))?.did]));
  await expect(row.getByText('5 made by Secateur')).toBeVisible();
  await expect(row.getByRole('button', { name: 'I didn’t take it away' })).toHaveCount(0);
  expect((await blocksOf(me)).size).toBe(before.size + 1);
});
