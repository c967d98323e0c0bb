import { getPreview } from '@secateur/core/shields';
import { BLOCK } from '@secateur/sandbox';
import type { Server } from '../shared/database.ts';
import { type Claim, type Watched, watch } from './claim.ts';
import { raised } from './claims-of.ts';
import { openStage } from './stage.ts';

const ME = 'me.sandbox.test';
const LOUD = 'loud.sandbox.test';
const password = 'a-password';
const KEYS = ['3laaaaaaaaaa2', '3lbbbbbbbbbb2', '3lcccccccccc2'];

/**
 * Three shields of one account, each against a list of so many `members`, a third of whom are on the next list too. Each is
 * previewed when the one before is raised.
 */
export async function onBluesky(
  server: Server,
  { members, hold, say }: { members: number; hold: '1d' | '3d'; say(text: string): void },
): Promise<Watched> {
  const apart = members - Math.floor(members / 3);
  const placesOf = (list: number) => Array.from({ length: members }, (_, i) => list * apart + i);
  const stage = await openStage(server, 'on_bluesky', {
    world: [
      {
        do: 'add-accounts',
        accounts: [
          { handle: ME, password },
          { handle: LOUD, followers: apart * 2 + members },
        ],
      },
      ...KEYS.map((key, list) => ({
        do: 'add-list' as const,
        account: LOUD,
        key,
        name: `List ${list}`,
        members: placesOf(list).map((place) => `${LOUD}#${place}`),
      })),
    ],
  });
  try {
    const { life } = stage;
    const { control } = life.sandbox;
    const connectionIds = [await life.connect(ME, password)];
    // Who was put away is on no list that anybody is shown.
    const crowd = (await control.followers(LOUD, 0, apart * 2 + members)).map(({ did, status }) =>
      status === 'active' ? did : null,
    );
    const claims: Claim[] = [];
    for (const [list, key] of KEYS.entries()) {
      const query = `at://${LOUD}/app.bsky.graph.list/${key}`;
      const { id } = await life.preview({
        sources: [{ kind: 'list', network: 'bluesky', query }],
        connectionIds,
        hold,
      });
      await life.drain.run();
      const { toDo } = await getPreview(stage.member, { id });
      say(`bluesky: shield ${list + 1} of ${toDo}`);
      const among = (places: number[]) => new Set(places.flatMap((place) => crowd[place] ?? []));
      const all = among(placesOf(list));
      // Of the next list's people some are held for it, and longer.
      const alone = among(placesOf(list).filter((place) => list === KEYS.length - 1 || place < (list + 1) * apart));
      const subjects = async () =>
        (await control.records(BLOCK, ME)).flatMap((repo) => repo.records.map((r) => r.subject));
      const held = async () => (await subjects()).filter((did) => all.has(did)).length;
      const left = async () => (await subjects()).filter((did) => alone.has(did)).length;
      const its = await raised(stage, { id, name: `bluesky ${list + 1}`, meant: all.size, held });
      claims.push(
        ...its.map((claim) =>
          claim.what.endsWith('lifted') ? { ...claim, isSo: async () => (await left()) === 0 } : claim,
        ),
      );
      await life.drain.run();
    }
    return await watch(stage, claims, say);
  } finally {
    await stage.close();
  }
}
