import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { chromium, type Page } from '@playwright/test';
import { buildWeb, freePorts, loadSecrets, type Setup, startHealthy, web, webUrl } from '@secateur/launcher';
import { plugIn } from '../../browser/authenticator.ts';
import { launchOptions } from '../../browser/chromium.ts';
import { connect, signIn } from '../../browser/member.ts';
import { addOldPasskey } from '../../browser/passkey.ts';
import { openAsker, type Urls } from '../shared/database.ts';
import { within } from '../shared/until.ts';
import type { Front } from './front.ts';

/** Seconds that the web app, or a browser on its way back to it, may take for anything. */
const PATIENCE = 60;

export type WebOptions = {
  urls: Urls;
  sandboxUrl: string;
  publicKey: string;
  account: { handle: string; password: string };
};

/**
 * The web app as it is built and started, and a browser in which somebody signs in by mail and connects an account through the
 * form. Everything that reaches the browser is kept, events included.
 */
export async function webFront({ urls, sandboxUrl, publicKey, account }: WebOptions): Promise<Front> {
  await buildWeb();
  const dataDir = mkdtempSync(join(tmpdir(), 'secateur-secrets-'));
  const ports = { ...(await freePorts()), sandbox: Number(new URL(sandboxUrl).port) };
  const setup: Setup = {
    settings: { dataDir, databaseUrl: null, ports },
    secrets: { ...loadSecrets(dataDir), sealingPublicKey: publicKey },
    urls,
  };
  let server = await startHealthy(web, setup);
  const browser = await chromium.launch(await launchOptions());
  const context = await browser.newContext({ baseURL: webUrl(setup.settings), locale: 'en-GB' });
  const page = await context.newPage();
  page.setDefaultTimeout(PATIENCE * 1_000);
  const heard: Buffer[] = [];
  const hear = (...parts: (string | Buffer)[]) => void heard.push(...parts.map((part) => Buffer.from(part)));
  const listen = (to: Page) =>
    to.on('response', async (response) => {
      hear(JSON.stringify(await response.allHeaders().catch(() => ({}))));
      // A redirect has no body, and a stream has none before it ends: its events are heard below.
      hear(await response.body().catch(() => ''));
    });
  listen(page);
  const session = await context.newCDPSession(page);
  await session.send('Network.enable');
  session.on('Network.eventSourceMessageReceived', ({ data }) => hear(data));
  // Nobody asks while it starts anew.
  let last: Promise<unknown> = Promise.resolve();
  const inTurn =
    <Args extends unknown[], Result>(work: (...args: Args) => Promise<Result>) =>
    (...args: Args): Promise<Result> => {
      const done = last.then(() => work(...args));
      last = done.catch(() => {});
      return done;
    };
  // What ends things wants a passkey, or a day.
  process.env.ADMIN_DATABASE_URL = urls.admin;
  await addOldPasskey(page, await plugIn(page), await signIn(page));
  await staySure(urls.admin);
  await connect(page, account.handle, account.password);
  const send: Front['send'] = inTurn(async (path, request) => {
    const ask = () =>
      page.evaluate(
        async ([where, init]) => {
          const response = await fetch(where, init);
          return { status: response.status, text: await response.text(), headers: [...response.headers] };
        },
        [path, request] as const,
      );
    const answer = await within(`an answer to ${path}`, PATIENCE, ask);
    hear(JSON.stringify(answer.headers), answer.text);
    return answer;
  });
  return {
    send,
    async step(flow) {
      const request = { method: 'POST' as const, headers: { 'content-type': 'application/json' }, body: '{}' };
      return JSON.parse((await send(`/api/flows/${flow}`, request)).text);
    },
    comeBack: inTurn(async (query) => {
      const tab = await within('a tab opens', PATIENCE, () => context.newPage());
      tab.setDefaultTimeout(PATIENCE * 1_000);
      listen(tab);
      await tab.goto(`/oauth/callback?${query}`, { waitUntil: 'commit' });
      // A tab that is closed while its page leads elsewhere is never said to be closed.
      const home = tab.getByRole('heading', { name: 'Your accounts' });
      await home.or(tab.getByRole('heading', { name: 'That didn’t work' })).waitFor();
      await within('a tab closes', PATIENCE, () => tab.close());
    }),
    signIn: inTurn(async (handle, visit, stays) => {
      const theirs = await browser.newContext({ baseURL: webUrl(setup.settings), locale: 'en-GB' });
      const tab = await theirs.newPage();
      tab.setDefaultTimeout(PATIENCE * 1_000);
      listen(tab);
      const asks = tab.waitForRequest(/\/api\/flows\//);
      const sent = tab.waitForRequest(/\/oauth\/authorize\?/);
      await tab.route(/\/oauth\/authorize\?/, (route) => route.fulfill({ body: 'on their way' }));
      await tab.goto('/sign-in');
      await tab.getByLabel('Your handle on Bluesky').fill(handle);
      await tab.getByLabel('Let Secateur block and mute for me').setChecked(true);
      await tab.getByRole('button', { name: 'Continue with Bluesky' }).click();
      await tab.getByText('on their way').waitFor();
      const id = (await asks).url().split('/').at(-1) ?? '';
      const back = `/oauth/callback?${await visit((await sent).url())}`;
      if (stays) {
        await tab.goto(back, { waitUntil: 'commit' });
        await tab.getByRole('heading', { name: 'Your accounts' }).waitFor();
      } else {
        // As if they closed it at once: nothing of the page runs.
        const answer = await theirs.request.get(back);
        hear(JSON.stringify(answer.headers()), await answer.body());
      }
      await within('a browser closes', PATIENCE, () => theirs.close());
      return id;
    }),
    heard: () => Buffer.concat(heard),
    printed: () => readFileSync(join(dataDir, 'logs/web.log')),
    sealTo: inTurn(async (key) => {
      await within('the web app stops', PATIENCE, () => server.stop());
      server = await startHealthy(web, { ...setup, secrets: { ...setup.secrets, sealingPublicKey: key } });
    }),
    async close() {
      await within('the browser closes', PATIENCE, () => browser.close());
      await server.stop();
      rmSync(dataDir, { recursive: true, force: true });
    },
  };
}

/** Nobody is as busy as a proof: that whoever ends things shows their passkey again every few minutes is not what it shows. */
async function staySure(adminUrl: string): Promise<void> {
  const admin = await openAsker(adminUrl);
  await admin.ask("UPDATE sessions SET verified_at = now() + interval '1 day' WHERE verified_at IS NOT NULL");
  await admin.close();
}
