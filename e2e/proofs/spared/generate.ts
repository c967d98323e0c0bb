import { CHOICES } from '@secateur/core/exemptions/schemas';
import type { NetworkName } from '@secateur/networks/port';
import type { Random } from '../shared/random.ts';
import { BY_HAND } from '../shared/steps.ts';
import { MOMENTS } from '../shared/watch.ts';
import { type ByHand, HOLDS, type Hold, NETWORKS, type Raise, SOURCES, type Source, type Step } from './step.ts';

const MINUTES = [1, 5, 16, 20, 61, 240, 1_441, 4_400];
/** What the sandbox calls writes and what is asked around them. */
const METHODS = [
  'com.atproto.repo.applyWrites',
  'com.atproto.repo.listRecords',
  'app.bsky.graph.getRelationships',
  'app.bsky.graph.getFollowers',
  'app.bsky.graph.getFollows',
  'app.bsky.graph.muteActor',
  'app.bsky.graph.unmuteActor',
  ...['block', 'unblock', 'mute', 'unmute', 'relationships', 'followers', 'following'].map(
    (name) => `m/accounts/${name}`,
  ),
  ...['blocking/create', 'blocking/delete', 'muting/create', 'muting/delete', 'followers', 'following'].map(
    (name) => `x/users/${name}`,
  ),
  'x/users',
];
/** What is asked first of all when something planned is to be written; on X, where that also finds people, the write itself. */
const FIRST = {
  bluesky: { block: 'app.bsky.graph.getRelationships', mute: 'app.bsky.graph.getRelationships' },
  mastodon: { block: 'm/accounts/relationships', mute: 'm/accounts/relationships' },
  x: { block: 'x/users/blocking/create', mute: 'x/users/muting/create' },
} as const;
/** The number of the first computed follower of the second harasser: see cast.ts. */
const BORN = 7;
const FAULTS = ['429', '500', '503', 'reset-before', 'applied-then-reset'] as const;
/** Steps that make a world what it is before anybody is connected. */
const BEFORE = 14;

const person = (random: Random) => random.below(64);
const shield = (random: Random) => random.below(8);
const network = (random: Random): NetworkName => random.pick(NETWORKS);

function source(random: Random, on: NetworkName[]): Source {
  const network = random.pick(on);
  // X finds answers of the last seven days only.
  const kinds = network === 'x' ? SOURCES.filter((kind) => kind !== 'repliers') : SOURCES;
  return { network, kind: random.chance(0.5) ? 'followers' : random.pick(kinds), troll: random.below(2) };
}

function raise(random: Random, on = NETWORKS.filter(() => random.chance(0.6))): Raise {
  const used = on.length > 0 ? on : [network(random)];
  const more = Array.from({ length: random.below(3) }, () => source(random, used));
  const choice = () => (random.chance(0.5) ? ('spare' as const) : random.pick(CHOICES));
  const all = [...used.map((one) => source(random, [one])), ...more];
  const same = (a: Source, b: Source) => a.network === b.network && a.kind === b.kind && a.troll === b.troll;
  return {
    do: 'raise',
    on: used,
    sources: all.filter((one, i) => all.findIndex((other) => same(one, other)) === i),
    threshold: random.chance(0.75) ? 1 : 2,
    action: random.chance(0.65) ? 'block' : 'mute',
    hold: random.pick(Object.keys(HOLDS) as Hold[]),
    rules: [choice(), choice(), choice()],
  };
}

const hand = (random: Random): Step => ({
  do: 'hand',
  network: network(random),
  what: random.pick(BY_HAND),
  person: person(random),
});
const steer = (random: Random): Step => ({
  do: random.pick(['pause', 'resume', 'resume', 'undo'] as const),
  shield: shield(random),
});
const allow = (random: Random): Step => ({
  do: random.pick(['allow', 'disallow'] as const),
  network: network(random),
  person: person(random),
});
const advance = (random: Random): Step => ({ do: 'advance', minutes: random.pick(MINUTES) });

/** Some come to be the user's own people after the plan, and before anything is written. */
function late(random: Random, on = network(random)): Step[] {
  const troll = random.below(2);
  const first = troll * BORN + random.below(2);
  const by = (what: ByHand, n: number): Step => ({ do: 'hand', network: on, what, person: first + n });
  const rule = random.pick(['spare', 'spare', 'weaken', 'weaken', null] as const);
  const order = raise(random, [on]);
  const action = random.chance(0.75) ? 'block' : 'mute';
  return [
    by(random.pick(['block', 'mute'] as const), 5),
    { do: 'drain' },
    { do: 'fault', kind: '429', method: FIRST[on][action], count: 1, after: 0, retryAfterSeconds: 20 * 60 },
    {
      ...order,
      threshold: 1,
      action,
      sources: [{ network: on, kind: 'followers', troll }, ...order.sources.filter((s) => s.kind !== 'followers')],
      rules: rule === null ? order.rules : [rule, rule, rule],
    },
    { do: 'drain' },
    by(random.pick(['follow', 'followed'] as const), 0),
    by(random.pick(['follow', 'unfollow', 'block', 'mute'] as const), 1),
    ...(random.chance(0.5) ? [{ do: 'allow', network: on, person: first + 2 } as const] : []),
    { do: 'advance', minutes: 21 },
    { do: 'drain' },
    ...[3, 4].map((n) => by(random.pick(['unblock', 'unblock', 'unmute', 'beside', 'follow'] as const), n)),
    ...(random.chance(0.7) ? [{ do: 'advance', minutes: 1_600 } as const, { do: 'drain' } as const] : []),
  ];
}

const MAKERS: [weight: number, make: (random: Random) => Step[]][] = [
  [6, (r) => [raise(r)]],
  [6, (r) => late(r)],
  [10, (r) => [hand(r)]],
  [3, (r) => [allow(r)]],
  [4, (r) => [steer(r)]],
  [6, (r) => [advance(r)]],
  [5, (r) => [{ do: 'work', jobs: 1 + r.below(8) }]],
  [6, () => [{ do: 'drain' }]],
  [2, () => [{ do: 'calm' }]],
  [
    4,
    (r) => [
      {
        do: 'fault',
        kind: r.pick(FAULTS),
        method: r.pick(METHODS),
        count: 1 + r.below(2),
        after: r.below(3),
      },
    ],
  ],
  [5, (r) => [{ do: 'during', moment: r.pick(MOMENTS), after: r.below(3), what: r.chance(0.8) ? hand(r) : allow(r) }]],
];
const WEIGHT = MAKERS.reduce((sum, [weight]) => sum + weight, 0);

/** A world, and `length` steps of what happens in it. */
export function generate(random: Random, length: number): Step[] {
  const steps = Array.from({ length: BEFORE }, () => hand(random));
  const first = random.below(NETWORKS.length);
  for (const n of [first, first + 1]) steps.push(...late(random, NETWORKS[n % NETWORKS.length]));
  while (steps.length < BEFORE + length) steps.push(...one(random));
  return steps.slice(0, BEFORE + length);
}

function one(random: Random): Step[] {
  let at = random.next() * WEIGHT;
  for (const [weight, make] of MAKERS) {
    at -= weight;
    if (at < 0) return make(random);
  }
  return [{ do: 'drain' }];
}
