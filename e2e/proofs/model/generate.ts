import type { Random } from '../shared/random.ts';
import { BY_HAND } from '../shared/steps.ts';
import { MOMENTS } from '../shared/watch.ts';
import { type Choice, type Command, DEATHS, HOLDS } from './command.ts';

const WRITES = ['com.atproto.repo.applyWrites', 'app.bsky.graph.muteActor', 'app.bsky.graph.unmuteActor'];
const READS = [
  'com.atproto.repo.listRecords',
  'com.atproto.sync.getLatestCommit',
  'app.bsky.graph.getRelationships',
  'app.bsky.graph.getFollowers',
  'app.bsky.graph.getFollows',
  'app.bsky.graph.getMutes',
];
const MINUTES = [1, 2, 3, 10, 20, 61, 240, 1_440, 1_600, 4_400, 10_500];

type Maker = (random: Random) => Command[];

const person = (random: Random) => random.below(64);
const shield = (random: Random) => random.below(8);

const choice = (random: Random): Choice => {
  const at = random.next();
  return at < 0.55 ? 'spare' : at < 0.8 ? 'weaken' : 'nothing';
};
const raise = (random: Random): Command => {
  const account = random.chance(0.8);
  return {
    do: 'raise',
    troll: random.below(3),
    action: random.chance(0.75) ? 'block' : 'mute',
    hold: random.pick(HOLDS),
    account,
    followers: !account || random.chance(0.8),
    both: random.chance(0.2),
    rules: [choice(random), choice(random), choice(random)],
  };
};
const byHand = (random: Random): Command => ({ do: 'by-hand', what: random.pick(BY_HAND), person: person(random) });
const steer = (random: Random): Command => {
  switch (random.below(6)) {
    case 0:
      return { do: 'extend', shield: shield(random), hold: random.pick(HOLDS) };
    case 1:
      return { do: 'undo-target', shield: shield(random), person: person(random) };
    default:
      return { do: random.pick(['pause', 'resume', 'resume', 'cancel', 'undo'] as const), shield: shield(random) };
  }
};
const advance = (random: Random): Command => ({ do: 'advance', minutes: random.pick(MINUTES) });
const die = (random: Random): Command => ({
  do: 'die',
  how: random.pick(DEATHS),
  after: random.below(8),
  lease: random.pick(['released', 'ran-out'] as const),
});
const work = (random: Random): Command => ({ do: 'work', jobs: 1 + random.below(6) });

/** What may come next and how often; some only make sense together. */
const MAKERS: [weight: number, make: Maker][] = [
  [7, (r) => [raise(r)]],
  [8, (r) => [steer(r)]],
  [8, (r) => [byHand(r)]],
  [8, (r) => [advance(r)]],
  [8, (r) => [work(r)]],
  [10, () => [{ do: 'drain' }]],
  [3, () => [{ do: 'calm' }]],
  [3, (r) => [{ do: r.pick(['allow', 'disallow'] as const), person: person(r) }]],
  [3, (r) => [{ do: 'reread', kind: r.pick(['people', 'blocks', 'mutes'] as const) }]],
  [3, (r) => [{ do: 'lose-job', nth: r.below(4) }]],
  [1, () => [{ do: 'connect' }]],
  [1, (r) => [{ do: 'discard', troll: r.below(3) }]],
  [
    5,
    (r) => [
      {
        do: 'fault',
        kind: r.pick(['429', '500', '502', '503', 'reset-before', 'applied-then-reset', 'expired-token'] as const),
        method: r.chance(0.6) ? r.pick(WRITES) : r.pick(READS),
        count: 1 + r.below(3),
        after: r.below(2),
      },
    ],
  ],
  [4, (r) => [die(r)]],
  [2, (r) => [{ do: 'hold-back' }, ...(r.chance(0.7) ? [{ do: 'drain' } as const] : [])]],
  [2, () => [{ do: 'deliver' }]],
  [1, () => [{ do: 'revoke' }]],
  [2, () => [{ do: 'reconnect' }]],
  [
    5,
    (r) => [
      {
        do: 'during',
        moment: r.pick(MOMENTS),
        after: r.below(2),
        what: r.chance(0.6) ? byHand(r) : r.chance(0.8) ? steer(r) : { do: 'allow', person: person(r) },
      },
    ],
  ],
  // Somebody becomes one of the user's own people while a shield stands still.
  [
    2,
    (r) => {
      const n = person(r);
      return [
        raise(r),
        { do: 'work', jobs: 2 },
        { do: 'pause', shield: 7 },
        { do: 'drain' },
        { do: 'by-hand', what: r.pick(['follow', 'followed'] as const), person: n },
        { do: 'by-hand', what: r.pick(['follow', 'followed'] as const), person: n + 1 },
        { do: 'advance', minutes: 20 },
        { do: 'resume', shield: 7 },
        { do: 'drain' },
      ];
    },
  ],
  // A write whose answer nobody reads.
  [2, (r) => [{ do: 'die', how: 'after-send', after: 0, lease: 'released' }, raise(r), { do: 'drain' }]],
];
const WEIGHT = MAKERS.reduce((sum, [weight]) => sum + weight, 0);

/** A sequence of `length` commands. */
export function generate(random: Random, length: number): Command[] {
  const commands: Command[] = [raise(random)];
  while (commands.length < length) commands.push(...one(random));
  return commands.slice(0, length);
}

function one(random: Random): Command[] {
  let at = random.next() * WEIGHT;
  for (const [weight, make] of MAKERS) {
    at -= weight;
    if (at < 0) return make(random);
  }
  return [{ do: 'drain' }];
}
