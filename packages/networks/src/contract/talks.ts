import { DAY } from '@secateur/base';
import { expect } from 'vitest';
import type { ActingAccount, Talk } from '../port.ts';
import { actAllowing, nth, refusal, type SignIn } from './acting.ts';
import { test } from './gaps.ts';
import type { Login, Traits, World } from './world.ts';

/** More than one page of every network: the longest has 100. */
const MANY = 101;

export function talksAreTold(world: () => World, traits: Traits, act: SignIn): void {
  test('whom an account talks with are those whom it answered or mentioned itself, and in public', async () => {
    const here = world();
    const { account, login } = await signIn(here, traits, act);
    if (!here.port.tellsTalks) return await isRefused(account);
    const [answered, mentioned, writer, quoted, told] = here.crowd;
    if (!answered || !mentioned || !writer || !quoted || !told) throw new Error('the world is too small');
    const before = here.now();
    const mine = await here.posts.write(login);
    await here.posts.reply([login], (await here.posts.write(answered)).ref);
    await here.posts.mention(login, [mentioned, login], 'everybody');
    await here.posts.reply([writer], mine.ref);
    await here.posts.mention(writer, [login], 'everybody');
    await here.posts.quote([login], (await here.posts.write(quoted)).ref);
    await here.posts.mention(login, [told], 'them');
    await here.settle();
    const { talks } = await read(account, new Date(before.getTime() - DAY));
    expect([...new Set(talks.map((one) => one.nativeId))].sort()).toEqual(
      [answered.nativeId, mentioned.nativeId].sort(),
    );
    const slack = 60_000;
    for (const { at } of talks) {
      expect(at.getTime()).toBeGreaterThanOrEqual(before.getTime() - slack);
      expect(at.getTime()).toBeLessThanOrEqual(here.now().getTime() + slack);
    }
    expect((await read(account, new Date(here.now().getTime() + DAY))).talks).toEqual([]);
  });

  test('whom an account talks with is told over pages, each page once', async () => {
    const here = world();
    if (!here.port.tellsTalks) return;
    const { account, login } = await signIn(here, traits, act);
    const first = nth(here.crowd, 0);
    await here.posts.mention(login, [first], 'everybody');
    for (let i = 0; i < MANY; i++) await here.posts.write(login);
    await here.settle();
    const { talks, pages } = await read(account, new Date(here.now().getTime() - DAY));
    expect(talks.map((one) => one.nativeId)).toEqual([first.nativeId]);
    expect(pages).toBeGreaterThan(1);
  });

  test('whom an account talks with is not told where its server shows strangers no posts, and that is said', async () => {
    const here = world();
    if (!here.port.tellsTalks || traits.showsPosts) return;
    const { account } = await act(here);
    expect(await account.talked(new Date(0), null)).toEqual({ items: [], cursor: null, untold: true });
  });
}

/** Where strangers are shown nothing, an account that lets us read posts for another reason. */
async function signIn(here: World, traits: Traits, act: SignIn): Promise<{ account: ActingAccount; login: Login }> {
  return traits.showsPosts ? act(here) : actAllowing(here, ['block'], {}, ['quoters']);
}

async function isRefused(account: ActingAccount): Promise<void> {
  expect(await refusal(account.talked(new Date(0), null))).toMatchObject({ problem: 'rejected' });
}

async function read(account: ActingAccount, since: Date): Promise<{ talks: Talk[]; pages: number }> {
  const talks: Talk[] = [];
  let pages = 0;
  for (let cursor: string | null = null; ; ) {
    const page = await account.talked(since, cursor);
    pages += 1;
    expect(page.untold).toBeUndefined();
    talks.push(...page.items);
    if (page.cursor === null) return { talks, pages };
    cursor = page.cursor;
  }
}
