import type { FediCommand } from './command.ts';

const RIVER = 'river@harbour';
const GRUDGE = 'grudge@quarrel';
/** The first that Grudge wrote. */
const GOING_ROUND = `${GRUDGE}/0`;

/**
 * The same on Mastodon: River on one server, whom a harasser on another one has sent a crowd at. Six of the crowd are her own people,
 * three she blocked herself; of a third account the server shows no followers. A post goes round, which River answered,
 * and she has a list of twelve.
 */
export function demoFediverse(): FediCommand[] {
  const crowd = (from: number, to: number) => Array.from({ length: to - from }, (_, i) => `${GRUDGE}#${from + i}`);
  return [
    {
      do: 'add-fedi-accounts',
      accounts: [
        person('harbour', 'river', 'River', 40, { password: 'demo-demo-demo-demo' }),
        person('quarrel', 'grudge', 'Grudge', 1_200),
        person('attic', 'megaphone', 'The Megaphone', 12_000),
        person('quarrel', 'shutters', 'Shutters', 300, { hidesLists: true }),
      ],
    },
    { do: 'fedi-follow', account: RIVER, subject: crowd(0, 4) },
    ...crowd(2, 6).map((account): FediCommand => ({ do: 'fedi-follow', account, subject: RIVER })),
    { do: 'fedi-block', account: RIVER, subject: crowd(100, 103) },
    { do: 'fedi-post', account: GRUDGE, text: 'Look what River wrote. Tell her what you think.' },
    { do: 'fedi-like', account: `${GRUDGE}#0-299`, post: GOING_ROUND },
    { do: 'fedi-boost', account: `${GRUDGE}#200-289`, post: GOING_ROUND },
    { do: 'fedi-reply', account: [`${GRUDGE}#300-379`, RIVER], post: GOING_ROUND },
    { do: 'fedi-quote', account: `${GRUDGE}#400-419`, post: GOING_ROUND },
    { do: 'fedi-add-list', account: RIVER, title: 'Rude people', members: crowd(500, 512) },
  ];
}

function person(
  server: string,
  username: string,
  displayName: string,
  followers: number,
  { password = null, hidesLists = false }: { password?: string | null; hidesLists?: boolean } = {},
) {
  return { server, username, displayName, followers, password, hidesLists };
}
