import { look } from './look.ts';
import { accountRow, connect, consent, preview, raise, sendConnect, signIn } from './member.ts';
import { expect, test } from './test.ts';
import { addAccount, BLOCK, fault, PASSWORD, sandbox } from './world.ts';

test('whoever proves to own an account moves it here; where it was they are told, and can take it back', async ({
  page,
  browser,
}) => {
  const me = await addAccount({ password: PASSWORD });
  const troll = await addAccount({ followers: 2 });
  const blocked = async () => (await sandbox().records(BLOCK, me))[0]?.records.length ?? 0;
  const email = await signIn(page);
  await connect(page, me);
  await preview(page, troll);
  await expect(page.getByText(/^The whole crowd is listed/)).toBeVisible();
  await raise(page);
  await expect.poll(blocked).toBe(3);

  const elsewhere = await browser.newContext();
  const mover = await elsewhere.newPage();
  const theirs = await signIn(mover);
  await sendConnect(mover, me, PASSWORD);
  const row = accountRow(mover, me);
  await expect(row.getByText('This account is connected somewhere else in Secateur')).toBeVisible();
  await expect(row.getByRole('radio', { name: 'Lift them first' })).toBeChecked();
  await look(mover, 'moving-asked');
  await expect(mover.getByText(email)).toHaveCount(0);
  expect(await blocked()).toBe(3);

  const mended = await fault({ kind: '503', method: 'com.atproto.repo.applyWrites', account: me });
  await row.getByRole('button', { name: 'Move it here' }).click();
  await expect(row.getByText('3 blocks and mutes are still to be lifted where it was.')).toBeVisible();
  await look(mover, 'moving-progress');
  await page.goto('/accounts');
  await expect(accountRow(page, me).getByText(/^Moved by whoever owns it, on/)).toBeVisible();
  await expect(accountRow(page, me).getByText('Being moved away')).toBeVisible();
  await look(page, 'moving-away');
  await mended();
  await expect.poll(blocked, { timeout: 120_000 }).toBe(0);
  await expect(row.getByText('Ready', { exact: true })).toBeVisible({ timeout: 90_000 });
  await look(mover, 'moving-done');
  await expect(accountRow(page, me).getByText('Moved away', { exact: true })).toBeVisible();
  await look(page, 'moved-away');
  await page.goto('/activity');
  await expect(page.getByText(/was moved by whoever owns it/)).toBeVisible();
  await expect(page.getByText(theirs)).toHaveCount(0);

  await page.goto('/dev/mail');
  const mail = page
    .getByRole('article')
    .filter({ hasText: `To ${email}` })
    .first();
  await expect(mail.getByText(/moved away, by somebody who proved to own it/)).toBeVisible();

  await page.goto('/accounts');
  await accountRow(page, me).getByRole('button', { name: 'Take it back: sign in at Bluesky' }).click();
  await consent(page, me);
  await expect(accountRow(page, me).getByText('This account is connected somewhere else in Secateur')).toBeVisible();
  await accountRow(page, me).getByRole('button', { name: 'Move it here' }).click();
  await expect(accountRow(page, me).getByText('Ready', { exact: true })).toBeVisible({ timeout: 90_000 });
  // From a consent an app password takes nothing.
  await sendConnect(mover, me, PASSWORD);
  await expect(row.getByText('An app password is not enough to move this account here.')).toBeVisible();
  await look(mover, 'moving-needs-consent');
  await elsewhere.close();
});

test('who leaves it where it is sees nothing of it any more', async ({ page, browser }) => {
  const me = await addAccount({ password: PASSWORD });
  await signIn(page);
  await connect(page, me);
  const elsewhere = await browser.newContext();
  const mover = await elsewhere.newPage();
  await signIn(mover);
  await sendConnect(mover, me, PASSWORD);
  await accountRow(mover, me).getByRole('button', { name: 'Leave it where it is' }).click();
  await expect(mover.getByText('No account is connected yet.')).toBeVisible();
  await page.reload();
  await expect(accountRow(page, me).getByText('Ready', { exact: true })).toBeVisible();
  await elsewhere.close();
});
