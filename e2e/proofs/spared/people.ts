import { profileId } from '@secateur/base';
import type { NetworkName } from '@secateur/networks/port';
import type { SandboxControl } from '@secateur/sandbox';
import { bornTo, NAMES, rostersOf } from './cast.ts';
import { NETWORKS, type Source } from './step.ts';

/** Somebody, by the network's id and by ours. */
export type Person = { name: string; network: NetworkName; nativeId: string; handle: string; id: string };
export type Troll = { self: Person; post: string; crowds: Record<Source['kind'], Person[]> };
/** Everybody on one network: the user, two who harass with the crowds around each, and all who are not the user. */
export type Place = { me: Person; trolls: Troll[]; all: Person[] };
export type People = Record<NetworkName, Place>;

/** Everybody who is there, asked of the networks themselves. */
export async function meet(control: SandboxControl): Promise<People> {
  const [bluesky, mastodon, x] = await Promise.all(NETWORKS.map((network) => meetOn(control, network)));
  if (!bluesky || !mastodon || !x) throw new Error('a network is missing');
  return { bluesky, mastodon, x };
}

async function meetOn(control: SandboxControl, network: NetworkName): Promise<Place> {
  const { me, trolls, friends } = NAMES[network];
  const names = [...bornTo(network, 0), ...bornTo(network, 1), ...friends, ...trolls];
  const all = await Promise.all(names.map((name) => known(control, network, name)));
  const named = (some: string[]) => all.filter((person) => some.includes(person.name));
  const rosters = rostersOf(network);
  const posts = await Promise.all(trolls.map((name) => postOf(control, network, name)));
  return {
    me: await known(control, network, me),
    all,
    trolls: named(trolls).map((self, n) => {
      const roster = rosters[n === 0 ? 0 : 1];
      const { account, followers, following, reposters, repliers } = roster;
      return {
        self,
        post: posts[n] ?? '',
        crowds: {
          account: named(account),
          followers: named(followers),
          following: named(following),
          reposters: named(reposters),
          repliers: named(repliers),
          file: all.filter((_, i) => i % 2 === n),
        },
      };
    }),
  };
}

async function known(control: SandboxControl, network: NetworkName, name: string): Promise<Person> {
  const found = await lookUp(control, network, name);
  if (found?.status !== 'active') throw new Error(`${name} is ${found?.status ?? 'not'} on ${network}`);
  const nativeId = 'did' in found ? found.did : found.nativeId;
  return { name, network, nativeId, handle: found.handle, id: profileId(network, nativeId) };
}

async function lookUp(control: SandboxControl, network: NetworkName, name: string) {
  if (network === 'bluesky') return control.person(name);
  return network === 'x' ? control.x.person(name) : control.fediverse.person(name);
}

/** The link to what somebody wrote first. */
async function postOf(control: SandboxControl, network: NetworkName, name: string): Promise<string> {
  if (network === 'x') return (await control.x.posts()).find(({ url }) => url.includes(`/${name}/`))?.url ?? '';
  const posts = network === 'bluesky' ? await control.posts() : await control.fediverse.posts();
  const [username] = name.split('@');
  return posts.find(({ author }) => author.split('@')[0] === username)?.link ?? '';
}
