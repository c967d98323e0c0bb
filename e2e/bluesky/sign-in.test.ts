import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Browser, chromium, expect as expectPage, type Page } from '@playwright/test';
import { freePorts, type Product, startProduct } from '@secateur/launcher';

import { afterAll, beforeAll, expect, test } from 'vitest';
import { launchOptions } from '../browser/chromium.ts';
import { accountRow, preview, raise } from '../browser/member.ts';
import { type Server, startServer } from '../proofs/shared/database.ts';
import { type RealBluesky, startRealBluesky } from './start.ts';

const PASSWORD = 'the account password';
/** Milliseconds; nothing here judges how long anything takes. */
const LONG = 120_000;

/** Pages take their time on a busy machine. */
const seen = expectPage.configure({ timeout: 30_000 });

let server: Server;
let servers: RealBluesky;
let product: Product;
let browser: Browser;
let dataDir: string;
beforeAll(async () => {
  server = await startServer();
  servers = await startRealBluesky({ databaseUrl: server.outside });
  dataDir = mkdtempSync(join(tmpdir(), 'secateur-real-'));
  const bluesky = { appviewUrl: servers.appviewUrl, plcUrl: servers.plcUrl, entrywayUrl: servers.pdsUrl };
  product = await startProduct({ dataDir, databaseUrl: null, ports: await freePorts(), bluesky });
  browser = await chromium.launch(await launchOptions());
});
afterAll(async () => {
  await browser.close();
  await product.stop();
  rmSync(dataDir, { recursive: true, force: true });
  await servers.stop();
  await server.close();
});

async function newPage(): Promise<Page> {
  return (await browser.newContext({ baseURL: product.url, locale: 'en-GB' })).newPage();
}

/** Somebody with an account on the real servers, and what they type there. */
async function somebody(name: string): Promise<{ did: string; handle: string }> {
  const [account] = await servers.control.accounts([name], PASSWORD);
  if (account === undefined) throw new Error('no account');
  return account;
}

/** From our sign-in to the account's own server, and through its own pages. */
async function signInThere(page: Page, handle: string, answer: 'Authorize' | 'Deny access', connect = true) {
  await page.goto('/sign-in');
  await page.getByLabel('Your handle on Bluesky').fill(handle);
  await page.getByLabel('Let Secateur block and mute for me').setChecked(connect);
  await page.getByRole('button', { name: 'Continue with Bluesky' }).click();
  await page.waitForURL(new RegExp(`^${servers.pdsUrl}/oauth/authorize`));
  await page.locator('input[type=password]').fill(PASSWORD);
  await page.getByRole('button', { name: 'Sign in' }).click();
  await page.getByRole('button', { name: answer }).click();
}

test('somebody signs in at the real server, and what they allow there is enough for a shield', {
  timeout: LONG,
}, async () => {
  const { did, handle } = await somebody('somebody');
  const people = await servers.control.accounts(['harasser', 'crowd-one', 'crowd-two', 'crowd-three']);
  const [harasser, ...crowd] = people;
  await servers.control.follows(crowd.map((one) => [one.did, String(harasser?.did)]));
  await servers.control.settle();
  const page = await newPage();
  await signInThere(page, handle, 'Authorize');
  await seen(accountRow(page, handle).getByText('Ready', { exact: true })).toBeVisible();
  await seen(accountRow(page, handle).getByText(/May block and mute/)).toBeVisible();
  await preview(page, String(harasser?.handle));
  await seen(page.getByText(/^The whole crowd is listed/)).toBeVisible();
  await raise(page);
  await seen(page.locator('[data-state]')).toHaveText('4 are blocked, all confirmed');
  const blocked = (await servers.control.blocks(did)).map(({ subject }) => subject);
  expect(blocked.toSorted()).toEqual(people.map((one) => one.did).toSorted());
  await page.context().close();
});

test('signing in alone asks the real server for nothing else', { timeout: LONG }, async () => {
  const { handle } = await somebody('passer-by');
  const page = await newPage();
  await signInThere(page, handle, 'Authorize', false);
  await seen(page.getByRole('heading', { name: 'Your shields' })).toBeVisible();
  await page.goto('/accounts');
  await seen(page.getByText('No account is connected yet.')).toBeVisible();
  await page.context().close();
});

test('saying no at the real server is respected', { timeout: LONG }, async () => {
  const { handle } = await somebody('declining');
  const page = await newPage();
  await signInThere(page, handle, 'Deny access');
  await seen(page.getByText('Secateur was not allowed to do this.')).toBeVisible();
  await page.context().close();
});
