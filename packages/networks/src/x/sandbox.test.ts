import { HOUR } from '@secateur/base';
import { type SandboxControl, startSandbox, visitSandbox, X_APP, X_SIGN_IN_APP } from '@secateur/sandbox';
import { contract, justMade, type Login, onlyOne, type Person, type Posts, type World } from '../contract/index.ts';
import { createX } from './index.ts';

const HARASSER = 'loud';
/** More than a page. */
const FOLLOWERS = 1_060;

const asPerson = ({ nativeId, handle }: Person): Person => ({ nativeId, handle });

const TRAITS = {
  keyed: false,
  passwords: false,
  oauth: true,
  renewing: true,
  finerConsent: false,
  putAway: false,
  timedMutes: false,
  bindsCodes: true,
  foretellsEnd: false,
  looksUpFirst: false,
  posts: true,
  quotes: true,
  showsPosts: true,
  exactCounts: true,
} as const;

function worldOf(enterprise: boolean) {
  return async (): Promise<World> => {
    // Stands still unless moved: the limits' windows would begin anew under a test otherwise.
    const began = Date.UTC(2026, 10, 21, 12);
    const sandbox = await startSandbox({ world: 'empty', seed: 'contract', time: () => began });
    const { control, clock, url } = sandbox;
    const gate = { pass: async () => {} };
    const port = createX({
      app: X_APP,
      signInApp: X_SIGN_IN_APP,
      enterprise,
      gate,
      narrowGate: gate,
      allowLoopback: true,
      apiUrl: url,
      siteUrl: url,
      clock,
      appUrl: 'http://localhost:3420',
    });
    let made = 0;
    const newLogin = async (): Promise<Login> => {
      // Each with windows of its own: what is asked as the app is everybody's.
      await control.advance(HOUR);
      const [username, password] = [`login_${made}`, `password-${made++}`];
      await control.perform({ do: 'add-x-accounts', accounts: [{ username, password }] });
      return { ...asPerson(await control.x.person(username)), password };
    };
    await control.perform(
      { do: 'x-app', enterprise },
      { do: 'add-x-accounts', accounts: [{ username: HARASSER, followers: FOLLOWERS }] },
      { do: 'x-status', account: `${HARASSER}#0`, status: 'suspended' },
      { do: 'x-status', account: `${HARASSER}#${FOLLOWERS - 1}`, status: 'suspended' },
    );
    const people = await control.x.followers(HARASSER, 0, FOLLOWERS);
    const suspended = people.find((one) => one.status === 'suspended');
    if (suspended === undefined) throw new Error('nobody is suspended');
    const held = async (login: Login) => (await control.x.held(login.nativeId))[enterprise ? 'blocks' : 'mutes'];

    return {
      port,
      newLogin,
      linkTo: (person) => `https://twitter.com/${person.handle}?s=20`,
      unknown: 'nobody_has_this',
      harasser: asPerson(await control.x.person(HARASSER)),
      crowd: people.filter((one) => one.status === 'active').map(asPerson),
      deactivated: null,
      suspended: asPerson(suspended),
      follow: (from, to) => control.perform({ do: 'x-follow', account: from.nativeId, subject: to.nativeId }),
      blockByHand: (by, subject) =>
        control.perform({ do: enterprise ? 'x-block' : 'x-mute', account: by.nativeId, subject }),
      blocked: async (login) => (await held(login)).map(({ nativeId }) => ({ nativeId, key: null })),
      visit: (where, login, visit) => visitSandbox(where, login, visit),
      expireAccess: async (credentials) => {
        await control.advance(3 * HOUR);
        return credentials;
      },
      revoke: async (login, credentials) => {
        await control.perform({ do: 'x-revoke', account: login.nativeId });
        return credentials;
      },
      deactivate: (login) => control.perform({ do: 'x-status', account: login.nativeId, status: 'locked' }),
      posts: postsOn(control, newLogin),
      settle: async () => {},
      now: () => clock.now(),
      close: async () => {
        await port.close();
        await sandbox.close();
      },
    };
  };
}

function postsOn(control: SandboxControl, newLogin: () => Promise<Login>): Posts {
  const ids = (by: Person[]) => by.map((one) => one.nativeId);
  const writing = (command: Parameters<SandboxControl['perform']>[0]) =>
    justMade(
      () => control.x.posts(),
      () => control.perform(command),
      ({ id, url }) => ({
        ref: id,
        links: [url, `${url}/likes?s=20`, url.replace('x.com', 'twitter.com'), `https://x.com/i/web/status/${id}`, id],
      }),
    );
  return {
    author: newLogin,
    write: (by) => onlyOne(writing({ do: 'add-x-post', author: by.nativeId })),
    like: (by, post) => control.perform({ do: 'x-like', account: ids(by), post }),
    repost: (by, post) => control.perform({ do: 'x-repost', account: ids(by), post }),
    quote: (by, post) => writing({ do: 'x-quote', account: ids(by), post }),
    reply: (by, post) => writing({ do: 'x-reply', account: ids(by), post }),
    mention: async (by) => {
      await writing({ do: 'add-x-post', author: by.nativeId });
    },
    remove: (post) => control.perform({ do: 'x-delete-post', post }),
    async list(by, name, members) {
      await control.perform({ do: 'add-x-list', owner: by.nativeId, name, members: ids(members) });
      const list = (await control.x.lists()).at(-1);
      if (list === undefined) throw new Error('no list');
      return { ref: list.id, links: [list.url, list.url.replace('x.com', 'twitter.com'), list.id] };
    },
    removeList: (list) => control.perform({ do: 'x-delete-list', list }),
    takeDown: (who) => control.perform({ do: 'x-status', account: who.nativeId, status: 'suspended' }),
  };
}

contract('X, the sandbox', { ...TRAITS, blocks: false, keepsFollows: true }, worldOf(false));
contract('X with Enterprise access, the sandbox', { ...TRAITS, blocks: true, keepsFollows: false }, worldOf(true));
