import { profileId } from '@secateur/base';
import type { SandboxControl, Command as WorldCommand } from '@secateur/sandbox';

export const PASSWORD = 'model-pass-word';
/** The user's own accounts; the first is connected from the start. */
export const OWN = ['me.sandbox.test', 'alt.sandbox.test'] as const;
const TROLLS = [
  { handle: 'rude.sandbox.test', followers: 9 },
  { handle: 'mean.sandbox.test', followers: 7 },
  { handle: 'lone.sandbox.test', followers: 0 },
] as const;
const FRIENDS = ['ann.sandbox.test', 'bea.sandbox.test', 'cid.sandbox.test'];

/** A small network: two accounts of the user's, three trolls with overlapping crowds, friends, and a few blocks there before. */
export const WORLD: WorldCommand[] = [
  {
    do: 'add-accounts',
    accounts: [
      ...OWN.map((handle) => ({ handle, password: PASSWORD })),
      ...TROLLS.map(({ handle, followers }) => ({ handle, followers })),
      ...FRIENDS.map((handle) => ({ handle })),
    ],
  },
  ...[0, 1, 2, 3].map((n) => ({
    do: 'follow' as const,
    account: `rude.sandbox.test#${n}`,
    subject: ['mean.sandbox.test'],
  })),
  ...FRIENDS.map((account) => ({
    do: 'follow' as const,
    account,
    subject: ['rude.sandbox.test', 'lone.sandbox.test'],
  })),
  { do: 'follow', account: 'mean.sandbox.test', subject: ['rude.sandbox.test'] },
];

export type Person = { name: string; did: string; id: string };
/** `joined`: who came to the crowd since the world began, and when. */
export type Troll = Person & { crowd: Person[]; joined: { person: Person; at: number }[] };
export type People = { own: Person[]; trolls: Troll[]; all: Person[] };

/** Everybody in that network, asked of the network itself. */
export async function meet(control: SandboxControl): Promise<People> {
  const known = async (name: string): Promise<Person | null> => {
    const found = await control.person(name);
    if (!found) throw new Error(`${name} is missing`);
    return found.status === 'active' ? { name, did: found.did, id: profileId('bluesky', found.did) } : null;
  };
  const present = async (names: readonly string[]) =>
    (await Promise.all(names.map(known))).flatMap((p) => (p ? [p] : []));
  const born = await Promise.all(
    TROLLS.map(({ handle, followers }) => present(Array.from({ length: followers }, (_, n) => `${handle}#${n}`))),
  );
  const friends = await present(FRIENDS);
  const trolls = await present(TROLLS.map((t) => t.handle));
  const [rude, mean, lone] = trolls;
  if (!rude || !mean || !lone) throw new Error('a troll is missing');
  const crossing = (born[0] ?? []).filter((p) => /#[0-3]$/.test(p.name));
  return {
    own: await present(OWN),
    trolls: [
      { ...rude, crowd: [...(born[0] ?? []), ...friends, mean], joined: [] },
      { ...mean, crowd: [...(born[1] ?? []), ...crossing], joined: [] },
      { ...lone, crowd: friends, joined: [] },
    ],
    all: [...(born[0] ?? []), ...(born[1] ?? []), ...friends, ...trolls],
  };
}
