import { createBluesky } from '@secateur/networks/bluesky';
import type { Login, Made, Person, Posts, World } from '@secateur/networks/contract';
import type { RealBlueskyControl } from './control.ts';
import { startRealBluesky } from './start.ts';
import { visitReal } from './visit.ts';

const APP_PASSWORD = 'secateur';
const PASSWORD = 'the account password';

/** The contract's world on the real servers: 130 followers, of whom five are put away. */
export async function realWorld(databaseUrl: string): Promise<World> {
  const { control, stop, ...urls } = await startRealBluesky({ databaseUrl });
  const port = createBluesky({
    appviewUrl: urls.appviewUrl,
    plcUrl: urls.plcUrl,
    entrywayUrl: urls.pdsUrl,
    gate: { pass: async () => {} },
    allowLoopback: true,
    oauth: { appUrl: 'http://localhost:3420', keys: [] },
  });

  const people = await control.accounts(['harasser', ...Array.from({ length: 130 }, (_, i) => `crowd-${i}`)]);
  const [harasser, ...followers] = people.map(({ did, handle }) => ({ nativeId: did, handle }));
  if (harasser === undefined) throw new Error('no harasser');
  let made = 0;
  const newLogin = async (): Promise<Login> => {
    const [account] = await control.accounts([`login-${made++}`], PASSWORD);
    if (account === undefined) throw new Error('no account');
    const password = await control.appPassword(account.did, APP_PASSWORD);
    return { nativeId: account.did, handle: account.handle, password };
  };
  const deactivated = await newLogin();
  const crowd = followers.slice(0, 125);
  const away = [...followers.slice(125), deactivated];
  await control.follows([...crowd, ...away].map((one) => [one.nativeId, harasser.nativeId]));
  await control.settle();
  const [suspended, ...gone] = away;
  if (suspended === undefined) throw new Error('nobody is suspended');
  await control.takedown(suspended.nativeId);
  for (const one of gone) await control.deactivate(one.nativeId);
  await control.settle();

  return {
    port,
    newLogin,
    linkTo: (person) => `https://bsky.app/profile/${person.handle}`,
    unknown: 'nobody-has-this.test',
    harasser,
    crowd,
    deactivated,
    suspended,
    follow: async (from, to) => {
      await control.follows([[from.nativeId, to.nativeId]]);
      await control.settle();
    },
    blockByHand: async (by, nativeIds) => {
      await control.block(by.nativeId, nativeIds);
    },
    blocked: async (login) =>
      (await control.blocks(login.nativeId)).map(({ subject, key }) => ({ nativeId: subject, key })),
    visit: (url, login, visit) => visitReal(url, login, PASSWORD, visit),
    expireAccess: async (credentials) => {
      const session = JSON.parse(credentials);
      if (session.kind === 'oauth') return JSON.stringify({ ...session, access: await control.expire(session.access) });
      return JSON.stringify({ ...session, accessJwt: await control.expire(session.accessJwt) });
    },
    revoke: async (login, credentials) => {
      if (JSON.parse(credentials).kind === 'oauth') {
        await control.revokeOAuth(login.nativeId);
        return credentials;
      }
      await control.revokeAppPassword(login.nativeId, APP_PASSWORD);
      const session = JSON.parse(credentials);
      // An access token of an app password outlives it for its two hours; then the refresh is refused.
      return JSON.stringify({ ...session, accessJwt: await control.expire(session.accessJwt) });
    },
    deactivate: (login) => control.deactivate(login.nativeId),
    posts: postsOn(control, newLogin),
    settle: () => control.settle(),
    now: () => new Date(),
    close: async () => {
      await port.close();
      await stop();
    },
  };
}

const PATHS: Record<string, (actor: string, rkey: string) => string> = {
  'app.bsky.feed.post': (actor, rkey) => `profile/${actor}/post/${rkey}`,
  'app.bsky.graph.list': (actor, rkey) => `profile/${actor}/lists/${rkey}`,
  'app.bsky.graph.starterpack': (actor, rkey) => `starter-pack/${actor}/${rkey}`,
};

/** The at-URI by DID, and what people paste for it. */
function pastable(uri: string, by: Person): string[] {
  const [, , did = '', collection = '', rkey = ''] = uri.split('/');
  const link = (actor: string) => `https://bsky.app/${PATHS[collection]?.(actor, rkey)}`;
  return [link(by.handle), link(did), uri, uri.replace(did, by.handle)];
}

function postsOn(control: RealBlueskyControl, newLogin: () => Promise<Login>): Posts {
  const ids = (by: Person[]) => by.map((one) => one.nativeId);
  const written = async (by: Person[], about?: Parameters<RealBlueskyControl['write']>[1]): Promise<Made[]> => {
    const uris = await control.write(ids(by), about);
    // What answers it must find it indexed.
    await control.settle();
    return by.map((one, i) => ({ ref: uris[i] ?? '', links: pastable(uris[i] ?? '', one) }));
  };
  return {
    author: newLogin,
    async write(by) {
      const [made] = await written([by]);
      if (made === undefined) throw new Error('no post');
      return made;
    },
    like: (by, uri) => control.mark(ids(by), uri, 'like'),
    repost: (by, uri) => control.mark(ids(by), uri, 'repost'),
    quote: (by, uri) => written(by, { uri, as: 'quote' }),
    reply: (by, uri) => written(by, { uri, as: 'reply' }),
    // Messages are no posts here.
    mention: async (by, others, to) => {
      if (to === 'everybody') await written([by], { mentions: ids(others) });
    },
    remove: (uri) => control.remove(uri),
    async list(by, name, members) {
      const { list, pack } = await control.list(by.nativeId, name, ids(members));
      return { ref: list, links: [...pastable(list, by), ...pastable(pack, by)] };
    },
    removeList: (uri) => control.remove(uri),
    takeDown: (who) => control.takedown(who.nativeId),
  };
}
