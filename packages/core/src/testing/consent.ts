import { randomUUID } from 'node:crypto';
import { type Visit, visitSandbox } from '@secateur/sandbox';
import type { MemberContext } from '../context/index.ts';
import { answerFlow, type BrowserContext, beginConnecting, beginSignIn, viewFlow } from '../oauth/index.ts';
import type { AccountCrowd, FlowView } from '../oauth/schemas.ts';
import type { Life } from './world.ts';

export type Browser = BrowserContext & { sealingKey: string };

/** A browser that nobody has signed in with. */
export function newBrowser(life: Life): Browser {
  const { prisma, clock, sealingKey } = life.member;
  return { prisma, clock, sealingKey, browser: randomUUID() };
}

/** Sends a browser to the sandbox and back, and says how far it came. `who` signs in there. */
export async function goAndComeBack(
  life: Life,
  browser: Browser,
  flow: { id: string },
  who: { handle: string; password: string },
  visit?: Visit,
): Promise<FlowView> {
  await answerFlow(browser, await queryFor(life, browser, flow, who, visit));
  await life.drain.run();
  return viewFlow(browser, flow);
}

/** What a browser brings back from the sandbox, not handed in yet. */
export async function queryFor(
  life: Life,
  browser: Browser,
  flow: { id: string },
  who: { handle: string; password: string },
  visit?: Visit,
): Promise<string> {
  await life.drain.run();
  const { url, problem } = await viewFlow(browser, flow);
  if (url === null) throw new Error(`nobody was sent anywhere: ${problem}`);
  return (await visitSandbox(url, who, visit)).toString();
}

/** Somebody begins to sign in; on Mastodon where the account is named as there. */
export function beginAt(browser: Browser, account: string, connect = false): Promise<{ id: string }> {
  return beginSignIn(browser, { network: networkToConnect(account), account, connect, back: '/shields' });
}

/** Names on X have no dots: `me`. */
function networkToConnect(account: string): 'bluesky' | 'mastodon' | 'x' {
  return /^\w+$/.test(account) ? 'x' : networkOf(account);
}

function networkOf(account: string): 'bluesky' | 'mastodon' {
  return /.@/.test(account) || /:\d+$/.test(account) ? 'mastodon' : 'bluesky';
}

/** A member connects an account by consent, in a browser of their own. */
export async function connectByConsent(
  life: Life,
  who: { handle: string; password: string },
  more: { by?: MemberContext; visit?: Visit; connectionId?: string; crowds?: AccountCrowd[] } = {},
): Promise<FlowView> {
  const { by = life.member, visit, connectionId, crowds = [] } = more;
  const browser = newBrowser(life);
  const wanted = connectionId
    ? { connectionId, crowds }
    : { network: networkToConnect(who.handle), account: who.handle };
  const flow = await beginConnecting({ ...by, ...browser }, { ...wanted, back: '/accounts' });
  return goAndComeBack(life, browser, flow, who, visit);
}
