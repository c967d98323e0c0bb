import { readFileSync } from 'node:fs';
import type { Page } from '@playwright/test';
import { readArchive, readCsv } from '@secateur/testing';
import { ask } from './ask.ts';
import { plugIn } from './authenticator.ts';
import { look } from './look.ts';
import { accountRow, connect, preview, raise, sendConnect, signIn } from './member.ts';
import { addOldPasskey } from './passkey.ts';
import { expect, test } from './test.ts';
import { addAccount, fresh, PASSWORD } from './world.ts';

/** Presses a button that hands a file out, and confirms with the passkey when that is asked. */
async function take(page: Page, button: string): Promise<{ name: string; bytes: Buffer }> {
  const dialog = page.getByRole('dialog');
  const [file] = await Promise.all([
    page.waitForEvent('download'),
    (async () => {
      await page.getByRole('button', { name: button }).click();
      const asked = await Promise.race([
        dialog.waitFor().then(() => true),
        page
          .getByText('It is with your other downloads.')
          .waitFor()
          .then(() => false),
      ]);
      if (asked) await dialog.getByRole('button', { name: 'Use my passkey' }).click();
    })(),
  ]);
  await expect(page.getByText('It is with your other downloads.')).toBeVisible();
  return { name: file.suggestedFilename(), bytes: readFileSync(await file.path()) };
}

test('everything is taken along, as a document and as tables, and no secret is in it', async ({ page }) => {
  const me = await addAccount({ password: PASSWORD });
  const troll = await addAccount({ followers: 3 });
  const email = await signIn(page);
  await connect(page, me);
  await page.goto('/members');
  await page.getByLabel('What helpers should know and keep to').fill('=Canary wish, "quoted" 👩🏽‍🚒 שלום');
  await page.getByRole('button', { name: 'Save your wishes' }).click();
  await expect(page.getByText('Saved.')).toBeVisible();
  const guest = `${fresh('guest')}@example.org`;
  await page.getByLabel('Their e-mail address').fill(guest);
  await page.getByRole('checkbox', { name: `@${me}` }).check();
  await page.getByRole('button', { name: 'Send the invitation' }).click();
  await expect(page.getByText(`Sent to ${guest}.`)).toBeVisible();
  await preview(page, troll);
  await raise(page);
  await expect(page.locator('[data-state=holding]')).toBeVisible();
  const device = await plugIn(page);
  await addOldPasskey(page, device, email);
  await device.touch(true);

  await page.goto('/settings');
  await page.getByRole('link', { name: 'Your data' }).click();
  await expect(page.getByRole('heading', { name: 'Take your data with you' })).toBeVisible();
  await look(page, 'data');
  expect(page.url()).toMatch(/\/settings\/data$/);
  const json = await take(page, 'Download the document');
  await look(page, 'data-taken');
  const zip = await take(page, 'Download the tables');
  const list = await take(page, 'Download the list');
  expect([json.name, zip.name, list.name]).toEqual(['data.json', 'data.zip', 'accounts.csv']);

  const document = JSON.parse(json.bytes.toString());
  expect(document.complete).toBe(true);
  const canaries: Record<string, string> = {
    tenant: 'Canary wish',
    members: email,
    invitations: guest,
    connections: me,
    shields: 'holding',
    sources: troll,
    shieldAccounts: me,
    targets: troll,
    effects: troll,
    quotas: 'capacity',
    activity: 'tenant.exported',
  };
  const tables = readArchive(zip.bytes);
  for (const [name, canary] of Object.entries(canaries)) {
    expect(JSON.stringify(document[name]), name).toContain(canary);
    expect(tables.get(`${name}.csv`), name).toContain(canary);
  }
  expect(document.tenant[0].wishes).toBe('=Canary wish, "quoted" 👩🏽‍🚒 שלום');
  expect(readCsv(tables.get('tenant.csv') ?? '')[0]?.wishes).toBe('\'=Canary wish, "quoted" 👩🏽‍🚒 שלום');
  const blocked = readCsv(list.bytes.toString());
  expect(blocked).toHaveLength(4);
  expect(blocked).toContainEqual(expect.objectContaining({ handle: troll, action: 'block', network: 'bluesky' }));
  for (const { bytes } of [json, zip, list])
    expect(bytes.toString()).not.toMatch(new RegExp(`${PASSWORD}|sealed|hash`, 'i'));
});

test('without a passkey it takes a day, and says so', async ({ page }) => {
  await signIn(page);
  await page.goto('/settings/data');
  await page.getByRole('button', { name: 'Download the document' }).click();
  const dialog = page.getByRole('dialog');
  await expect(dialog.getByText(/this takes a day\./)).toBeVisible();
  await dialog.getByRole('button', { name: 'Go back' }).click();
  await expect(page.getByText('Confirm that it’s you first.')).toBeVisible();
  await expect(page.getByText('Nothing was saved: a file is kept only when it is whole.')).toBeVisible();
  await look(page, 'data-refused');
});

for (const role of ['viewer', 'helper'] as const) {
  test(`a ${role} takes nothing along`, async ({ page, browser, baseURL }) => {
    const me = await addAccount({ password: PASSWORD });
    await signIn(page);
    await sendConnect(page, me, PASSWORD);
    await expect(accountRow(page, me).getByText('Ready', { exact: true })).toBeVisible();
    await page.goto('/members');
    const email = `${fresh(role)}@example.org`;
    await page.getByLabel('Their e-mail address').fill(email);
    if (role === 'viewer') await page.getByLabel('As', { exact: true }).selectOption('viewer');
    else await page.getByRole('checkbox', { name: `@${me}` }).check();
    await page.getByRole('button', { name: 'Send the invitation' }).click();
    await expect(page.getByText(`Sent to ${email}.`)).toBeVisible();

    const context = await browser.newContext();
    const other = await context.newPage();
    await other.goto('/dev/mail');
    const mail = other.getByRole('article').filter({ hasText: `To ${email}` });
    await mail.first().getByRole('link', { name: 'Open the link' }).click();
    await expect(other.getByText('Sign in with the address that got the invitation')).toBeVisible();
    await signIn(other, email);
    await other.goto('/invitation');
    await other.getByRole('button', { name: 'Accept' }).click();
    await expect(other.getByRole('heading', { name: 'Your shields' })).toBeVisible();
    await other.goto('/settings/data');
    await expect(other.getByText('Only owners and admins can take this along.')).toBeVisible();
    await expect(other.getByRole('button', { name: /^Download/ })).toHaveCount(0);
    if (role === 'helper') await look(other, 'data-not-yours');

    // Asked as their browser would, whatever the page shows.
    const cookie = (await context.cookies()).map(({ name, value }) => `${name}=${value}`).join('; ');
    for (const form of ['json', 'csv', 'list']) {
      const { status, text, headers } = await ask(`${baseURL}/api/files/data`, {
        method: 'POST',
        headers: { cookie, 'sec-fetch-site': 'same-origin', 'content-type': 'application/json' },
        body: JSON.stringify({ form }),
      });
      expect([status, JSON.parse(text).view.problem, headers['cache-control']]).toEqual([
        403,
        'not_allowed',
        'no-store',
      ]);
    }
    await context.close();
  });
}

test('a stranger’s page, a form and a link get no file', async ({ page, baseURL }) => {
  await signIn(page);
  const cookie = (await page.context().cookies()).map(({ name, value }) => `${name}=${value}`).join('; ');
  const send = async (method: string, headers: Record<string, string>) =>
    (await ask(`${baseURL}/api/files/data`, { method, headers: { cookie, ...headers }, body: '{"form":"json"}' }))
      .status;
  const type = { 'content-type': 'application/json' };
  expect(await send('POST', { ...type, 'sec-fetch-site': 'cross-site' })).toBe(403);
  expect(await send('POST', { 'content-type': 'text/plain', 'sec-fetch-site': 'same-origin' })).toBe(415);
  expect(await send('GET', { 'sec-fetch-site': 'same-origin' })).toBe(405);
});
