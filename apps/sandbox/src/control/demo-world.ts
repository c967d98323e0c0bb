import { demoFediverse } from '../mastodon/demo.ts';
import type { Command } from './command.ts';

/** Who signs in to the demo. */
export const DEMO = { handle: 'river.sandbox.test', password: 'demo-demo-demo-demo' } as const;

const RIVER = DEMO.handle;
const TOWN = 'harbour-news.sandbox.test';
const TROLLS = ['grudge.sandbox.test', 'megaphone.sandbox.test', 'legion.sandbox.test'];
const TROLL_FOLLOWERS = [1_200, 12_000, 5_000_000];
const TROLL_NAMES = ['Grudge', 'The Megaphone', 'Legion'];

/** The post that goes round. River answered it, Harbour News quoted it to object, and six of her followers like it. */
const PILE_ON = '3lgoingaround';
const GOING_ROUND = `megaphone.sandbox.test/${PILE_ON}`;

/**
 * Someone who is being piled on. Eighty people follow River (computed followers 0 to 79 of hers), she follows sixty, and
 * eighteen of all those also follow the three trolls, who have exactly the numbers of followers above. Seven of the crowd
 * she blocked herself, before.
 */
export function demoWorld(): Command[] {
  const mutualsAmongCrowd = people(RIVER, 0, 6);
  const followersAmongCrowd = people(RIVER, 6, 12);
  const followedAmongCrowd = people(TOWN, 0, 6);
  const crossers = [...mutualsAmongCrowd, ...followersAmongCrowd, ...followedAmongCrowd];
  const follows = [...mutualsAmongCrowd, ...followedAmongCrowd, ...people(RIVER, 12, 36), ...people(TOWN, 6, 30)];
  return [
    {
      do: 'add-accounts',
      accounts: [
        { handle: RIVER, displayName: 'River', password: DEMO.password, followers: 80 },
        { handle: TOWN, displayName: 'Harbour News', followers: 400 },
        ...TROLLS.map((handle, i) => ({
          handle,
          displayName: TROLL_NAMES[i] ?? null,
          followers: (TROLL_FOLLOWERS[i] ?? 0) - crossers.length,
        })),
      ],
    },
    { do: 'follow', account: RIVER, subject: follows },
    ...crossers.map((account): Command => ({ do: 'follow', account, subject: TROLLS })),
    {
      do: 'block',
      account: RIVER,
      subject: [...spread('grudge.sandbox.test', 4, 250), ...spread('megaphone.sandbox.test', 3, 3_000)],
    },
    ...demoFediverse(),
    {
      do: 'post',
      account: TROLLS[1] ?? '',
      key: PILE_ON,
      text: 'Look what River wrote. Tell her what you think.',
    },
    { do: 'like', account: ['megaphone.sandbox.test#0-1499', `${RIVER}#0-5`], post: GOING_ROUND },
    { do: 'repost', account: 'megaphone.sandbox.test#200-619', post: GOING_ROUND },
    { do: 'quote', account: ['grudge.sandbox.test#0-84', TOWN], post: GOING_ROUND },
    { do: 'reply', account: ['megaphone.sandbox.test#1000-1259', RIVER], post: GOING_ROUND },
    {
      do: 'add-list',
      account: TOWN,
      key: '3lrudeaccount',
      name: 'Rude to journalists',
      members: ['grudge.sandbox.test', 'grudge.sandbox.test#300-459'],
    },
    {
      do: 'add-x-accounts',
      accounts: [
        { username: 'river', name: 'River', password: DEMO.password, followers: 12 },
        { username: 'grudge', name: 'Grudge', followers: 240 },
      ],
    },
    { do: 'x-follow', account: 'river', subject: ['grudge#3', 'grudge#4'] },
    { do: 'x-mute', account: 'river', subject: 'grudge#10' },
    { do: 'set-status', account: `${RIVER}#40`, status: 'deactivated' },
    { do: 'set-status', account: 'grudge.sandbox.test#1000', status: 'deactivated' },
  ];
}

function people(of: string, from: number, to: number): string[] {
  return Array.from({ length: to - from }, (_, i) => `${of}#${from + i}`);
}

function spread(of: string, count: number, apart: number): string[] {
  return Array.from({ length: count }, (_, i) => `${of}#${(i + 1) * apart - 1}`);
}
