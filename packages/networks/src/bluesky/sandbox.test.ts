import { type SandboxControl, startSandbox, visitSandbox } from '@secateur/sandbox';
import { contract, justMade, type Login, onlyOne, type Person, type Posts, type World } from '../contract/index.ts';
import { createBluesky } from './index.ts';

const HARASSER = 'harasser.sandbox.test';
const FOLLOWERS = 260;
const TWO_HOURS = 2 * 3_600_000;

contract(
  'Bluesky, the sandbox',
  {
    keyed: true,
    keepsFollows: true,
    passwords: true,
    oauth: true,
    renewing: true,
    finerConsent: true,
    putAway: true,
    quotes: true,
    showsPosts: true,
    exactCounts: true,
    timedMutes: false,
    bindsCodes: true,
    foretellsEnd: true,
    looksUpFirst: true,
    blocks: true,
  },
  async (): Promise<World> => {
    const sandbox = await startSandbox({ world: 'empty', seed: 'contract' });
    const { control, url, clock } = sandbox;
    const port = createBluesky({
      appviewUrl: url,
      plcUrl: url,
      entrywayUrl: url,
      gate: { pass: async () => {} },
      allowLoopback: true,
      clock,
      oauth: { appUrl: 'http://localhost:3420', keys: [] },
    });

    let made = 0;
    const newLogin = async (): Promise<Login> => {
      const password = `password-${made}`;
      const [account] = await control.addAccounts([{ handle: `login-${made++}.sandbox.test`, password }]);
      if (account === undefined) throw new Error('no account');
      return { nativeId: account.did, handle: account.handle, password };
    };
    const [harasser] = await control.addAccounts([{ handle: HARASSER, followers: FOLLOWERS }]);
    if (harasser === undefined) throw new Error('no harasser');
    // Both ends of the list, so that its first page is short whichever way it is sorted.
    await control.perform(
      { do: 'set-status', account: `${HARASSER}#0`, status: 'suspended' },
      { do: 'set-status', account: `${HARASSER}#${FOLLOWERS - 1}`, status: 'suspended' },
    );
    const deactivated = await newLogin();
    await control.perform({ do: 'set-status', account: deactivated.nativeId, status: 'deactivated' });
    const people = await control.followers(HARASSER, 0, FOLLOWERS);
    const asPerson = ({ did, handle }: { did: string; handle: string }): Person => ({ nativeId: did, handle });
    const suspended = people.find((one) => one.status === 'suspended');
    if (suspended === undefined) throw new Error('nobody is suspended');

    return {
      port,
      newLogin,
      linkTo: (person) => `https://bsky.app/profile/${person.handle}`,
      unknown: 'nobody-has-this.sandbox.test',
      harasser: asPerson(harasser),
      crowd: people.filter((one) => one.status === 'active').map(asPerson),
      deactivated,
      suspended: asPerson(suspended),
      follow: (from, to) => control.perform({ do: 'follow', account: from.nativeId, subject: to.nativeId }),
      blockByHand: (by, subject) => control.perform({ do: 'block', account: by.nativeId, subject }),
      blocked: async (login) =>
        (await control.records('app.bsky.graph.block', login.nativeId)).flatMap((repo) =>
          repo.records.map(({ subject, key }) => ({ nativeId: subject, key })),
        ),
      visit: (url, login, visit) => visitSandbox(url, login, visit),
      expireAccess: async (credentials) => {
        await control.advance(TWO_HOURS);
        return credentials;
      },
      revoke: async (login, credentials) => {
        await control.perform({ do: 'revoke-sessions', account: login.nativeId });
        return credentials;
      },
      deactivate: (login) => control.perform({ do: 'set-status', account: login.nativeId, status: 'deactivated' }),
      posts: postsOn(control, newLogin),
      settle: async () => {},
      now: () => clock.now(),
      close: async () => {
        await port.close();
        await sandbox.close();
      },
    };
  },
);

function postsOn(control: SandboxControl, newLogin: () => Promise<Login>): Posts {
  const ids = (by: Person[]) => by.map((one) => one.nativeId);
  const writing = (command: Parameters<SandboxControl['perform']>[0]) =>
    justMade(
      () => control.posts(),
      () => control.perform(command),
      ({ uri, link, author }) => ({
        ref: uri,
        links: [link, `${link}/liked-by?x=1`, uri, uri.replace(/did:[^/]+/, author), link.replace('https://', '')],
      }),
    );
  return {
    author: newLogin,
    write: (by) => onlyOne(writing({ do: 'post', account: by.nativeId })),
    like: (by, post) => control.perform({ do: 'like', account: ids(by), post }),
    repost: (by, post) => control.perform({ do: 'repost', account: ids(by), post }),
    quote: (by, post) => writing({ do: 'quote', account: ids(by), post }),
    reply: (by, post) => writing({ do: 'reply', account: ids(by), post }),
    // Messages are no posts here.
    mention: async (by, others, to) => {
      if (to === 'them') return;
      await control.perform({ do: 'post', account: by.nativeId, mentions: ids(others) });
    },
    remove: (post) => control.perform({ do: 'delete-post', post }),
    async list(by, name, members) {
      await control.perform({ do: 'add-list', account: by.nativeId, name, members: ids(members) });
      const list = (await control.lists()).at(-1);
      if (list === undefined) throw new Error('no list');
      await control.perform({ do: 'add-starter-pack', account: by.nativeId, name, list: list.uri });
      const pack = (await control.lists()).at(-1);
      return { ref: list.uri, links: [list.link, list.uri, pack?.link ?? '', pack?.uri ?? ''] };
    },
    removeList: (list) => control.perform({ do: 'delete-list', list }),
    takeDown: (who) => control.perform({ do: 'set-status', account: who.nativeId, status: 'suspended' }),
  };
}
