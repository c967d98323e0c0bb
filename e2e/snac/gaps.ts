import { type Gap, type Gaps, keeping, type Login, type World } from '@secateur/networks/contract';
import type { ActingAccount, Credentials } from '@secateur/networks/port';
import { expect } from 'vitest';
import { visitSnac } from './visit.ts';

/**
 * What snac2 2.75 can't show of the contract, each with what is answered there in place of it: a refusal with a name, or an answer
 * from which nobody concludes more than it says.
 */
type SignedIn = { login: Login; credentials: Credentials; account: ActingAccount };

async function signedIn(here: World, rights: ('block' | 'mute')[] = ['block']): Promise<SignedIn> {
  const login = await here.newLogin();
  const sent = await here.port.oauth?.begin(login.handle, rights);
  const signed = await here.port.oauth?.finish(String(sent?.secret), await here.visit(String(sent?.url), login));
  const credentials = String(signed?.credentials);
  return { login, credentials, account: here.port.actFor(credentials, keeping(credentials).renewal) };
}

const refused = (problem: string) => ({ name: 'NetworkError', problem });
const blockIn = (here: World) => [{ nativeId: here.crowd[0]?.nativeId ?? '', key: null }];

const unnamed: Gap = {
  why: 'an address of its posts holds no id that its API knows: none can be named',
  answer: 'not_found',
};
const PEOPLE =
  'it shows nobody’s followers and follows, says that there are 0, and shows an account not even its own followers';
const unshown: Gap = {
  why: PEOPLE,
  async answer({ port, harasser }) {
    expect(await port.crowd('followers', harasser.nativeId, null)).toMatchObject({ items: [], cursor: null });
    expect(await port.resolve(harasser.nativeId)).toMatchObject({ ...harasser, followers: 0 });
  },
};
const ownUnshown: Gap = {
  why: `${PEOPLE}; relations are told, so nobody is hit by it`,
  async answer(here) {
    const { login, account } = await signedIn(here);
    const friend = here.crowd[0] ?? login;
    await here.follow(login, friend);
    await here.follow(friend, login);
    expect(await account.followers(null)).toMatchObject({ items: [], cursor: null });
    expect(await account.relations([friend.nativeId])).toMatchObject([{ nativeId: friend.nativeId, follows: true }]);
  },
};
const removed: Gap = {
  why: 'nobody is taken down or put away here, only removed',
  async answer(here) {
    await expect(here.port.resolve(here.suspended.handle)).rejects.toMatchObject(refused('not_found'));
    const { login, account } = await signedIn(here);
    await here.deactivate(login);
    await expect(account.apply('block', blockIn(here), null, here.now())).rejects.toMatchObject(
      refused('unauthorized'),
    );
  },
};
const unscoped: Gap = {
  why: 'its tokens have no scope: whoever is let in may do everything, and that is said',
  async answer(here) {
    const { credentials } = await signedIn(here, []);
    expect(here.port.grantOf(credentials)).toMatchObject({ rights: [], broad: true });
  },
};
const unheld: Gap = {
  why: 'it lists nobody whom an account blocks: relations tell, and nothing is concluded from the list',
  async answer(here) {
    const { account } = await signedIn(here);
    await account.apply('block', blockIn(here), null, here.now());
    expect(await account.held('block', { cursor: null })).toEqual({ items: [], cursor: null, untold: true });
    expect(await account.relations(blockIn(here).map(({ nativeId }) => nativeId))).toMatchObject([{ held: ['block'] }]);
  },
};

const untalked: Gap = {
  why: 'of the posts of an account it does not tell whom they answer and mention, and that is said',
  async answer(here) {
    const { account } = await signedIn(here);
    expect(await account.talked(new Date(0), null)).toEqual({ items: [], cursor: null, untold: true });
  },
};

const ofPost = (kind: string, behaviour: string) => `crowds > of a post: ${kind} > ${behaviour}`;
const ONCE = 'are each shown once, over pages, without the author; told by number where it is';
const GONE = 'of one that is gone are not found, and of one taken down suspended';
const NOBODY = 'are nobody where nobody did';
const PASTED = 'are found by whatever people paste for the post';

const ofPosts = (['likers', 'reposters', 'repliers'] as const).flatMap((kind): [string, Gap][] => [
  [ofPost(kind, ONCE), unnamed],
  [ofPost(kind, NOBODY), unnamed],
  [ofPost(kind, PASTED), unnamed],
  [ofPost(kind, GONE), removed],
]);

export const GAPS: Gaps = {
  'resolve > counts followers and following': unshown,
  'resolve > says that an account was taken down': removed,
  'public lists > show every follower once, through short pages, to the page without a cursor': unshown,
  'public lists > show whom an account follows': unshown,
  "relations > of the account's own people are listed": ownUnshown,
  'relations > end both ways, for good, when one blocks the other': {
    why: 'blocking ends no follows here: what was there before is there after',
    async answer(here) {
      const { login, account } = await signedIn(here);
      const [other] = here.crowd;
      if (!other) return;
      await here.follow(login, other);
      await account.apply('block', blockIn(here), null, here.now());
      expect(await account.relations([other.nativeId])).toMatchObject([{ follows: true, held: ['block'] }]);
    },
  },
  ...Object.fromEntries(ofPosts),
  [ofPost('quoters', ONCE)]: {
    why: 'it knows no quotes, and its posts can’t be named either: that is what is said first',
    async answer(here) {
      const post = await here.posts.write(await here.posts.author('here'));
      const { account } = await signedIn(here);
      await expect(account.crowd('quoters', post.ref, null)).rejects.toMatchObject(refused('not_found'));
    },
  },
  [ofPost('quoters', PASTED)]: unnamed,
  'crowds > of replies hold those who answered answers, at any depth': unnamed,
  'crowds > of a list are its members, each once, with its name and their number': {
    why: 'it shows a list whole on one page, however long it is',
    async answer(here) {
      const { login, account } = await signedIn(here);
      const list = await here.posts.list(login, 'Rude people', here.crowd.slice(0, 3));
      const page = await account.crowd('list', list.ref, null);
      expect(page.items.map(({ nativeId }) => nativeId).sort()).toEqual(
        here.crowd
          .slice(0, 3)
          .map(({ nativeId }) => nativeId)
          .sort(),
      );
      expect(page.cursor).toBeNull();
    },
  },
  'crowds > that need an account are refused to strangers, and to an account that did not consent to it': unscoped,
  'crowds > of an account are found by whatever finds the account': unshown,
  'whom an account talks with are those whom it answered or mentioned itself, and in public': untalked,
  'whom an account talks with is told over pages, each page once': untalked,
  'blocks > that are held are listed, those made by hand among them': unheld,
  'mutes > made twice are held once, lifted twice are gone': { why: 'it knows no mutes', answer: 'rejected' },
  'an account put away while it is acted for, signed in at the own server > says so to a write': removed,
  'a permission taken back, signed in at the own server > is unauthorized, whatever is asked': {
    why: 'it answers a token that it does not know with a page: a reading waits, as for a server that is away, until a write tells',
    async answer(here) {
      const { login, credentials, account } = await signedIn(here);
      await here.revoke(login, credentials);
      expect(await account.held('mute', { cursor: null })).toEqual({ items: [], cursor: null, untold: true });
      const ids = blockIn(here).map(({ nativeId }) => nativeId);
      await expect(account.relations(ids)).rejects.toMatchObject(refused('down'));
      const write = account.apply('block', blockIn(here), null, here.now());
      await expect(write).rejects.toMatchObject({ name: 'NetworkError', uncertain: false });
    },
  },
  'credentials, signed in at the own server > that are given back are worth nothing; giving them back again is no error':
    {
      why: 'of whose account a token is that it does not know it answers with a page: a write tells',
      async answer(here) {
        const { account } = await signedIn(here);
        await account.giveBack();
        await account.giveBack();
        await expect(account.renew()).rejects.toMatchObject(refused('down'));
        await expect(account.apply('block', blockIn(here), null, here.now())).rejects.toMatchObject(
          refused('unauthorized'),
        );
      },
    },
  'signing in at the own server > proves whose the account is, and allows nothing that was not asked for': unscoped,
  'signing in at the own server > allows what was asked for and no more': unscoped,
  'signing in at the own server > is declined when the person says no': {
    why: 'its page has no "no", only leaving it: nobody comes back then',
    async answer(here) {
      const login = await here.newLogin();
      const sent = await here.port.oauth?.begin(login.handle, ['block']);
      const answer = await visitSnac(String(sent?.url), { name: 'nobody', password: 'wrong' }).catch(() => null);
      expect(answer).toBeNull();
    },
  },
  'an answer that a browser brings > is good once': {
    why: 'it takes a code again: whoever brings one twice gets what they had',
    async answer(here) {
      const login = await here.newLogin();
      const sent = await here.port.oauth?.begin(login.handle, ['block']);
      const answer = await here.visit(String(sent?.url), login);
      for (const _ of [1, 2]) {
        const signed = await here.port.oauth?.finish(String(sent?.secret), answer);
        expect(signed?.profile).toMatchObject({ nativeId: login.nativeId });
      }
    },
  },
  'a write budget > that is spent refuses with the time of its reset, and writes nothing': {
    why: 'it counts nothing and limits nobody',
    async answer(here) {
      const { account } = await signedIn(here);
      expect(await account.apply('block', blockIn(here), null, here.now())).toEqual({ head: null, report: null });
    },
  },
};
