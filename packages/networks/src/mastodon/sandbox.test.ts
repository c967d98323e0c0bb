import { HOUR } from '@secateur/base';
import { type SandboxControl, startSandbox, visitSandbox } from '@secateur/sandbox';
import { contract, justMade, type Login, onlyOne, type Person, type Posts, type World } from '../contract/index.ts';
import { appsInMemory, createMastodon } from './index.ts';

const HARASSER = 'loud@quarrel';
const FOLLOWERS = 260;

const asPerson = ({ nativeId, handle }: Person): Person => ({ nativeId, handle });

const TRAITS = {
  keyed: false,
  keepsFollows: false,
  passwords: false,
  oauth: true,
  renewing: false,
  finerConsent: false,
  putAway: false,
  quotes: true,
  showsPosts: true,
  exactCounts: true,
  timedMutes: true,
  bindsCodes: true,
  foretellsEnd: true,
  looksUpFirst: true,
  blocks: true,
} as const;

/** People of `home` and a harasser on another server, with followers on all of them. */
function worldOn(home: 'harbour' | 'attic' | 'cellar') {
  return async (): Promise<World> => {
    // Stands still unless moved: the limits' windows would begin anew under a test otherwise.
    const began = Date.UTC(2026, 10, 21, 12);
    const sandbox = await startSandbox({ world: 'empty', seed: 'contract', time: () => began });
    const { control, clock } = sandbox;
    const gate = { pass: async () => {} };
    const port = createMastodon({
      gate,
      pagingGate: gate,
      allowLoopback: true,
      clock,
      oauth: { appUrl: 'http://localhost:3420', apps: appsInMemory() },
    });
    let made = 0;
    const newLogin = async (): Promise<Login> => {
      // Each with windows of their own: what one test spends without a token is everybody's.
      await control.advance(HOUR);
      const [username, password] = [`login_${made}`, `password-${made++}`];
      await control.perform({ do: 'add-fedi-accounts', accounts: [{ server: home, username, password }] });
      return { ...asPerson(await control.fediverse.person(`${username}@${home}`)), password };
    };
    await control.perform(
      { do: 'add-fedi-accounts', accounts: [{ server: 'quarrel', username: 'loud', followers: FOLLOWERS }] },
      { do: 'fedi-status', account: `${HARASSER}#0`, status: 'suspended' },
      { do: 'fedi-status', account: `${HARASSER}#${FOLLOWERS - 1}`, status: 'suspended' },
    );
    const people = await control.fediverse.followers(HARASSER, 0, FOLLOWERS);
    const suspended = people.find((one) => one.status === 'suspended');
    if (suspended === undefined) throw new Error('nobody is suspended');
    // Whom one server shows strangers nothing of is found without their numbers, and their lists are not seen.
    const shown = (await control.fediverse.servers()).filter((one) => one.open).map((one) => `${one.origin}/`);
    const seen = (one: Person) => shown.some((origin) => one.nativeId.startsWith(origin));
    const host = new URL(String(shown[0])).host;
    const crowd = people
      .filter((one) => one.status === 'active')
      .map(asPerson)
      .toSorted((a, b) => Number(seen(b)) - Number(seen(a)));

    return {
      port,
      newLogin,
      linkTo: (person) => person.nativeId.replace('/users/', '/@'),
      unknown: `nobody_has_this@${host}`,
      harasser: asPerson(await control.fediverse.person(HARASSER)),
      crowd,
      deactivated: null,
      suspended: asPerson(people.find((one) => one.status === 'suspended' && seen(one)) ?? suspended),
      follow: (from, to) => control.perform({ do: 'fedi-follow', account: from.nativeId, subject: to.nativeId }),
      blockByHand: (by, subject) => control.perform({ do: 'fedi-block', account: by.nativeId, subject }),
      blocked: async (login) =>
        (await control.fediverse.held(login.nativeId)).blocks.map(({ nativeId }) => ({ nativeId, key: null })),
      muted: async (login) =>
        (await control.fediverse.held(login.nativeId)).mutes.map(({ nativeId, until }) => ({
          nativeId,
          until: until === null ? null : new Date(until),
        })),
      visit: (url, login, visit) => visitSandbox(url, login, visit),
      expireAccess: async (credentials) => {
        // Where tokens run out at all they do within two hours.
        await control.advance(3 * HOUR);
        return credentials;
      },
      revoke: async (login, credentials) => {
        await control.perform({ do: 'fedi-revoke', account: login.nativeId });
        return credentials;
      },
      deactivate: (login) => control.perform({ do: 'fedi-status', account: login.nativeId, status: 'disabled' }),
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
      () => control.fediverse.posts(),
      () => control.perform(command),
      ({ uri, link }) => ({ ref: uri, links: [link, uri, `${link}/favourites`] }),
    );
  let made = 0;
  return {
    async author(where) {
      if (where === 'here') return newLogin();
      const [username, password] = [`writer_${made++}`, 'password'];
      await control.perform({ do: 'add-fedi-accounts', accounts: [{ server: 'quarrel', username, password }] });
      return { ...asPerson(await control.fediverse.person(`${username}@quarrel`)), password };
    },
    write: (by) => onlyOne(writing({ do: 'fedi-post', account: by.nativeId })),
    like: (by, post) => control.perform({ do: 'fedi-like', account: ids(by), post }),
    repost: (by, post) => control.perform({ do: 'fedi-boost', account: ids(by), post }),
    quote: (by, post) => writing({ do: 'fedi-quote', account: ids(by), post }),
    reply: (by, post) => writing({ do: 'fedi-reply', account: ids(by), post }),
    mention: (by, others, to) =>
      control.perform({
        do: 'fedi-post',
        account: by.nativeId,
        mentions: ids(others),
        visibility: to === 'them' ? 'direct' : 'public',
      }),
    remove: (post) => control.perform({ do: 'fedi-delete-post', post }),
    async list(by, title, members) {
      await control.perform({ do: 'fedi-add-list', account: by.nativeId, title, members: ids(members) });
      const address = (await control.fediverse.lists()).at(-1)?.address ?? '';
      return { ref: address, links: [address, `${address}/`, address.replace('/lists/', '/web/lists/')] };
    },
    async removeList(address) {
      const found = (await control.fediverse.lists()).find((one) => one.address === address);
      await control.perform({ do: 'fedi-delete-list', list: found?.id ?? '' });
    },
    takeDown: (who) => control.perform({ do: 'fedi-status', account: who.nativeId, status: 'suspended' }),
  };
}

contract('Mastodon, the sandbox', TRAITS, worldOn('harbour'));
contract(
  'Mastodon, a server older than 4.2 in the sandbox',
  { ...TRAITS, bindsCodes: false, quotes: false },
  worldOn('attic'),
);
contract(
  'Mastodon, a server that shows strangers nothing and whose tokens run out in the sandbox',
  { ...TRAITS, bindsCodes: false, quotes: false, showsPosts: false, renewing: true, foretellsEnd: false },
  worldOn('cellar'),
);
