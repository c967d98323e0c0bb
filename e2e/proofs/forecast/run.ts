import type { Server } from '../shared/database.ts';
import type { Finding } from '../shared/say.ts';
import { onBluesky } from './bluesky.ts';
import { type Bug, seed } from './bugs.ts';
import { together, type Watched } from './claim.ts';
import { onMastodon } from './mastodon.ts';
import { onX } from './x.ts';

/** How many each scene has; 0 leaves it out. */
export type ForecastOptions = {
  /** Followers of a harasser on another server of the fediverse. */
  followers: number;
  /** Of a list whose members are too many to block and only looked at; 0 for none. */
  listed: number;
  /** Members of each of three lists on Bluesky. */
  members: number;
  /** Followers of a harasser on X. */
  muted: number;
  bug: Bug | null;
  say(text: string): void;
};

/** Hours that a month has left, by which half of a small crowd on X is muted and half of a large one. */
const HOURS = { few: 3, many: 36 };
const FEW = 500;

/** Looks at previews on all three networks, raises them, and lets time pass until all they said has come or not. */
export async function proveForecast(server: Server, options: ForecastOptions): Promise<Finding> {
  const { followers, listed, members, muted, bug, say } = options;
  const end = seed(bug);
  try {
    const large = muted > FEW;
    const hold = large ? '3d' : '1d';
    const scenes: [number, string, () => Promise<Watched>][] = [
      [listed, 'listing', () => onMastodon(server, { followers: listed, isRaised: false, hold: '7d', say })],
      [muted, 'x', () => onX(server, { followers: muted, hoursLeft: large ? HOURS.many : HOURS.few, hold, say })],
      [members, 'bluesky', () => onBluesky(server, { members, hold, say })],
      [
        followers,
        'mastodon',
        () => onMastodon(server, { followers, isRaised: true, hold: followers > FEW ? '7d' : '1d', say }),
      ],
    ];
    return await together(scenes.flatMap(([size, name, play]) => (size === 0 ? [] : [[name, play]])));
  } finally {
    end();
  }
}
