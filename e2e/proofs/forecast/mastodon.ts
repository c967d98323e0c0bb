import { listConnections } from '@secateur/core/connections';
import { getPreview } from '@secateur/core/shields';
import { connectByConsent } from '@secateur/core/testing';
import type { Server } from '../shared/database.ts';
import { type Watched, watch } from './claim.ts';
import { listedOf, raised } from './claims-of.ts';
import { openStage } from './stage.ts';

const ME = 'me@harbour';
const LOUD = 'loud@quarrel';
const password = 'a-password';
/** Of the crowd, so many are the account's own people, and so many were blocked by hand. */
const OWN = 2;
const BY_HAND = 3;

/**
 * A harasser on another server: their followers are listed there page by page, and blocked on the member's. A shield that is not
 * `raised` is only previewed.
 */
export async function onMastodon(
  server: Server,
  {
    followers,
    isRaised,
    hold,
    say,
  }: { followers: number; isRaised: boolean; hold: '1d' | '7d'; say(text: string): void },
): Promise<Watched> {
  const stage = await openStage(server, 'on_mastodon', {
    world: [
      {
        do: 'add-fedi-accounts',
        accounts: [
          { server: 'harbour', username: 'me', password },
          { server: 'quarrel', username: 'loud', followers },
        ],
      },
    ],
  });
  try {
    const { life } = stage;
    const { fediverse, perform } = life.sandbox.control;
    const crowd = (await fediverse.followers(LOUD, 0, OWN + BY_HAND)).map(({ nativeId }) => nativeId);
    await perform(
      { do: 'fedi-follow', account: ME, subject: crowd.slice(0, OWN) },
      { do: 'fedi-block', account: ME, subject: crowd.slice(OWN) },
    );
    await connectByConsent(life, { handle: (await fediverse.person(ME)).handle, password });
    const connectionIds = (await listConnections(stage.member)).map(({ id }) => id);
    const { id } = await life.preview({
      query: `@${(await fediverse.person(LOUD)).handle}`,
      includeAccount: false,
      connectionIds,
      hold,
    });
    await life.drain.run();
    const held = async () => (await fediverse.held(ME)).blocks.filter(({ by }) => by === 'app').length;
    const claims = isRaised
      ? await raised(stage, { id, name: 'mastodon', meant: followers - OWN - BY_HAND, held })
      : listedOf(stage, await getPreview(stage.member, { id }), 'mastodon');
    say(`mastodon: ${followers} followers`);
    return await watch(stage, claims, say);
  } finally {
    await stage.close();
  }
}
