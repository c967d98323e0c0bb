import type { NetworkName } from '@secateur/networks/port';
import type { Command as WorldCommand } from '@secateur/sandbox';
import { NETWORKS, type Source } from './step.ts';

export const PASSWORD = 'spared-pass-word';
/** Computed followers of the two who harass. */
const FOLLOWERS = [7, 5];

type Names = { me: string; trolls: [string, string]; friends: [string, string, string] };
/** How the sandbox's commands call the user, those who harass, and the user's possible friends among the crowds. */
export const NAMES: Record<NetworkName, Names> = {
  bluesky: {
    me: 'me.sandbox.test',
    trolls: ['rude.sandbox.test', 'mean.sandbox.test'],
    friends: ['ann.sandbox.test', 'bea.sandbox.test', 'cid.sandbox.test'],
  },
  mastodon: {
    me: 'me@harbour',
    trolls: ['rude@quarrel', 'mean@harbour'],
    friends: ['ann@quarrel', 'bea@harbour', 'cid@attic'],
  },
  x: { me: 'me', trolls: ['rude', 'mean'], friends: ['ann', 'bea', 'cid'] },
};

/** Who is in each crowd around somebody who harasses, by name. */
export type Roster = Record<Exclude<Source['kind'], 'file'>, string[]>;

export function rostersOf(network: NetworkName): [Roster, Roster] {
  const { trolls, friends } = NAMES[network];
  const [rude, mean] = trolls;
  const [ann, bea, cid] = friends;
  return [
    {
      account: [rude],
      followers: [...bornTo(network, 0), ann, bea, mean],
      following: [cid, `${mean}#0`, `${mean}#1`],
      reposters: [ann, `${rude}#1`, `${mean}#2`],
      repliers: [cid, `${mean}#2`],
    },
    {
      account: [mean],
      followers: [...bornTo(network, 1), `${rude}#0`, `${rude}#1`, `${rude}#2`, ann],
      following: [rude, ann],
      reposters: [ann, `${rude}#2`, `${mean}#3`],
      repliers: [cid, `${mean}#3`],
    },
  ];
}

/** Computed followers of somebody who harasses. */
export function bornTo(network: NetworkName, troll: 0 | 1): string[] {
  const name = NAMES[network].trolls[troll];
  return Array.from({ length: FOLLOWERS[troll] ?? 0 }, (_, n) => `${name}#${n}`);
}

/** Makes all of them, on every network. */
export function beginning(): WorldCommand[] {
  const { bluesky, mastodon, x } = NAMES;
  const crowd = (names: Names) => names.trolls.map((name, n) => ({ name, followers: FOLLOWERS[n] ?? 0 }));
  const everybody = (names: Names) => [
    { name: names.me, password: PASSWORD },
    ...crowd(names),
    ...names.friends.map((name) => ({ name })),
  ];
  const fedi = everybody(mastodon).map(({ name, ...more }) => {
    const [username = '', server] = name.split('@');
    return { username, server: server as 'harbour', ...more };
  });
  return [
    { do: 'add-accounts', accounts: everybody(bluesky).map(({ name: handle, ...more }) => ({ handle, ...more })) },
    { do: 'add-fedi-accounts', accounts: fedi },
    { do: 'add-x-accounts', accounts: everybody(x).map(({ name: username, ...more }) => ({ username, ...more })) },
    { do: 'x-app', enterprise: true, credit: null },
    ...NETWORKS.flatMap((network) => [0, 1].flatMap((troll) => around(network, troll as 0 | 1))),
  ];
}

/** What the networks call one and the same thing. */
const PREFIX = { bluesky: '', mastodon: 'fedi-', x: 'x-' } as const;

/** The command by which somebody does something to another by hand. */
export function handCommand(
  network: NetworkName,
  what: 'follow' | 'unfollow' | 'block' | 'unblock' | 'mute' | 'unmute',
  account: string,
  subject: string,
): WorldCommand {
  return { do: `${PREFIX[network]}${what}`, account, subject };
}

function around(network: NetworkName, troll: 0 | 1): WorldCommand[] {
  const { followers, following, reposters, repliers } = rostersOf(network)[troll];
  const author = NAMES[network].trolls[troll];
  const born = new Set(bornTo(network, troll));
  const follows = [
    ...followers.filter((name) => !born.has(name)).map((name) => handCommand(network, 'follow', name, author)),
    ...following.map((name) => handCommand(network, 'follow', author, name)),
  ];
  return [...follows, ...posted(network, author, reposters, repliers)];
}

/** Key of a post on Bluesky, one for each who wrote one. */
const POST = '3l2222222222a';

function posted(network: NetworkName, author: string, reposters: string[], repliers: string[]): WorldCommand[] {
  if (network === 'x') return [{ do: 'add-x-post', author, reposters, repliers }];
  if (network === 'mastodon') {
    const post = `${author}/0`;
    return [
      { do: 'fedi-post', account: author },
      { do: 'fedi-boost', account: reposters, post },
      { do: 'fedi-reply', account: repliers, post },
    ];
  }
  const post = `${author}/${POST}`;
  return [
    { do: 'post', account: author, key: POST },
    { do: 'repost', account: reposters, post },
    { do: 'reply', account: repliers, post },
  ];
}
