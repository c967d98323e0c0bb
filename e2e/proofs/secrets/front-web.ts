import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { chromium, type Page } from '@playwright/test';
import { buildWeb, freePorts, loadSecrets, type Setup, startHealthy, web, webUrl } from '@secateur/launcher';
import { plugIn } from '../../browser/authenticator.ts';
import { launchOptions } from '../../browser/chromium.ts';
import { connect, signIn } from '../../browser/member.ts';
import { addOldPasskey } from '../../browser/passkey.ts';
import type { Urls } from '../shared/database.ts';
import type { Front } from './front.ts';

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
  page.setDefaultTimeout(60_000);
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
  await connect(page, account.handle, account.password);
  const send: Front['send'] = inTurn(async (path, request) => {
    const answer = await page.evaluate(
      async ([where, init]) => {
        const response = await fetch(where, init);
        return { status: response.status, text: await response.text(), headers: [...response.headers] };
      },
      [path, request] as const,
    );
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
      const tab = await context.newPage();
      listen(tab);
      // The page waits for its network: what it says is heard, and closing it ends nothing.
      await tab.goto(`/oauth/callback?${query}`);
      await tab.close();
    }),
    heard: () => Buffer.concat(heard),
    printed: () => readFileSync(join(dataDir, 'logs/web.log')),
    sealTo: inTurn(async (key) => {
      await server.stop();
      server = await startHealthy(web, { ...setup, secrets: { ...setup.secrets, sealingPublicKey: key } });
    }),
    async close() {
      await browser.close();
      await server.stop();
      rmSync(dataDir, { recursive: true, force: true });
    },
  };
}
