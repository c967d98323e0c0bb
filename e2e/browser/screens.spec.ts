import { look } from './look.ts';
import { connect, preview, raise, signIn } from './member.ts';
import { expect, test } from './test.ts';
import { addAccount, fault, PASSWORD, sandbox } from './world.ts';

test('the public pages', async ({ page }) => {
  await page.goto('/');
  await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
  await look(page, 'landing');
  await page.goto('/no-such-page');
  await expect(page.getByRole('heading', { name: 'There is nothing here' })).toBeVisible();
  await look(page, 'not-found');
  await page.goto('/dev/mail');
  await expect(page.getByRole('heading', { name: 'Mails of this demo' })).toBeVisible();
});

test('the console before anything is in it', async ({ page }) => {
  await signIn(page);
  await expect(page.getByText('No shields yet')).toBeVisible();
  await look(page, 'shields-empty');
  await page.getByRole('link', { name: 'Connect an account' }).click();
  await expect(page.getByText('No account is connected yet.')).toBeVisible();
  await look(page, 'accounts-empty');
  await page.goto('/people');
  await expect(page.getByText('Nobody is on this list yet.')).toBeVisible();
  await look(page, 'people-empty');
  await page.goto('/shields/new');
  await expect(page.getByText('You need a connected account first')).toBeVisible();
  await look(page, 'new-shield-unconnected');
  await page.getByRole('button', { name: /tokens/ }).click();
  await expect(page.getByText('One token makes one block or mute.')).toBeVisible();
});

test('a shield through its whole life', async ({ page }) => {
  const handle = await addAccount({ password: PASSWORD, followers: 8, displayName: 'Sam' });
  const troll = await addAccount({ followers: 260, displayName: 'Loud & “rude” ‏שלום' });
  await sandbox().perform({ do: 'follow', account: `${handle}#0`, subject: troll });
  await signIn(page);
  await connect(page, handle);
  await page.goto('/shields/new');
  await expect(page.getByLabel('Who is it coming from?')).toBeVisible();
  await look(page, 'new-shield');

  const quicken = await fault({
    kind: 'slow',
    method: 'app.bsky.graph.getFollowers',
    account: troll,
    latencyMs: 4_000,
  });
  await preview(page, `https://bsky.app/profile/${troll}`);
  await expect(page.getByText(/^Listing the crowd: [\d,]+ of about \d+$/)).toBeVisible();
  await look(page, 'preview-listing');
  await quicken();
  await expect(page.getByText(/^The whole crowd is listed/)).toBeVisible();

  const quickenAgain = await fault({
    kind: 'slow',
    method: 'com.atproto.repo.applyWrites',
    account: handle,
    latencyMs: 1_500,
  });
  await raise(page);
  await page.getByRole('button', { name: 'Pause' }).click();
  await expect(page.locator('[data-state]')).toHaveText(/^Paused: /);
  await look(page, 'shield-paused');
  await quickenAgain();
  await page.getByRole('button', { name: 'Resume' }).click();
  await expect(page.locator('[data-state=holding]')).toBeVisible();

  const row = page.locator('tbody tr[data-outcome=done]').first();
  const name = await row.getByRole('button').getAttribute('aria-label');
  await page.getByRole('button', { name: name ?? '', exact: true }).click();
  await expect(page.locator('[data-count=over]')).toHaveText('1');

  await page.getByRole('button', { name: 'Hold longer' }).click();
  await page.getByLabel('New time').selectOption('1y');
  await look(page, 'shield-extend');
  await page.getByRole('button', { name: 'Hold for this long' }).click();
  await expect(page.getByText('1 year', { exact: true })).toBeVisible();

  await page.getByRole('button', { name: 'Undo everything' }).click();
  await expect(page.getByRole('dialog')).toBeVisible();
  await look(page, 'shield-undo');
  await page.getByRole('button', { name: 'Keep the shield' }).click();
  await expect(page.getByRole('dialog')).toBeHidden();
  await page.getByRole('button', { name: 'Undo everything' }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Undo everything' }).click();
  await expect(page.locator('[data-state]')).toHaveText(/^Undone\. /);
  await look(page, 'shield-undone');
  await page.getByRole('link', { name: 'Shields', exact: true }).click();
  await expect(page.getByRole('list', { name: 'Shields, newest first' })).toBeVisible();
  await look(page, 'shields');
});

test('people to spare are kept on a list and can be taken off it', async ({ page }) => {
  const handle = await addAccount({ password: PASSWORD, followers: 5 });
  const troll = await addAccount({ followers: 30 });
  await sandbox().perform({ do: 'follow', account: `${handle}#1`, subject: troll });
  await signIn(page);
  await connect(page, handle);
  await preview(page, troll);
  await page.getByText('Show 1 person who is spared').click();
  await page.getByRole('button', { name: /^Always spare / }).click();
  await expect(page.getByText('On your list', { exact: true })).toBeVisible();
  await page.getByRole('link', { name: 'People you spare' }).click();
  await expect(page.getByRole('list', { name: 'People you always spare' }).getByRole('listitem')).toHaveCount(1);
  await look(page, 'people');
  await page.getByRole('button', { name: /^Take off the list: / }).click();
  await expect(page.getByText('Nobody is on this list yet.')).toBeVisible();
});
