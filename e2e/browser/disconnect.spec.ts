import { plugIn } from './authenticator.ts';
import { look } from './look.ts';
import { accountRow, connect, preview, raise, signIn } from './member.ts';
import { addOldPasskey } from './passkey.ts';
import { expect, test } from './test.ts';
import { addAccount, BLOCK, PASSWORD, sandbox } from './world.ts';

test('disconnecting asks what to do with the blocks, does it, and the access is gone', async ({ page }) => {
  const device = await plugIn(page);
  const me = await addAccount({ password: PASSWORD });
  const troll = await addAccount({ followers: 2 });
  const blocked = async () => (await sandbox().records(BLOCK, me))[0]?.records.length ?? 0;
  await addOldPasskey(page, device, await signIn(page));
  await connect(page, me);
  await preview(page, troll);
  await expect(page.getByText(/^The whole crowd is listed/)).toBeVisible();
  await raise(page);
  await expect.poll(blocked).toBe(3);

  await page.goto('/accounts');
  await page.getByRole('button', { name: `Disconnect @${me}` }).click();
  const dialog = page.getByRole('dialog');
  await expect(dialog.getByRole('radio', { name: 'Lift each when its time is up' })).toBeChecked();
  await look(page, 'disconnect');
  await dialog.getByRole('radio', { name: 'Lift all of them now' }).check();
  await dialog.getByRole('button', { name: 'Disconnect' }).click();
  await expect.poll(blocked).toBe(0);
  await expect(accountRow(page, me)).toHaveCount(0, { timeout: 90_000 });
  await expect(page.getByText('No account is connected yet.')).toBeVisible();
});
