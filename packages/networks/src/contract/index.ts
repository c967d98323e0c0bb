import { afterAll, beforeAll, describe } from 'vitest';
import { abilitiesAreTold } from './abilities.ts';
import { actByOAuth, act as actByPassword } from './acting.ts';
import { blocksAreExact } from './blocks.ts';
import { crowdsAreTold } from './crowds.ts';
import { type Gaps, withGaps } from './gaps.ts';
import { blocksAreKeyed } from './keyed-blocks.ts';
import { limitsAreTold } from './limits.ts';
import { listsAreWhole } from './lists.ts';
import { mutesAreIdempotent } from './mutes.ts';
import { consentIsKept } from './oauth.ts';
import { accountsAreFound } from './resolve.ts';
import { sessionsAreKept } from './sessions.ts';
import { signInIsChecked } from './sign-in.ts';
import { talksAreTold } from './talks.ts';
import type { Traits, World } from './world.ts';

export type { Gap, Gaps } from './gaps.ts';
export { justMade, onlyOne } from './just-made.ts';
export { keeping } from './keeping.ts';
export type { Blocked, Login, Made, Person, Posts, Traits, Visit, World } from './world.ts';

/** Milliseconds for a server to come up and make its people. */
const START = 300_000;

/**
 * What every adapter must do against every server of its network. Call it at the top of a test file. `gaps` are behaviours that this
 * server can't show, each with what is answered in place of it.
 */
export function contract(name: string, traits: Traits, makeWorld: () => Promise<World>, gaps: Gaps = {}): void {
  describe(`${name} keeps the contract of a network`, { timeout: 60_000 }, () => {
    let made: World | null = null;
    beforeAll(async () => {
      made = await makeWorld();
    }, START);
    afterAll(() => made?.close());
    const world = (): World => {
      if (made === null) throw new Error('the world is not made yet');
      return made;
    };

    const act = traits.passwords ? actByPassword : actByOAuth;
    withGaps(gaps, world, () => {
      accountsAreFound(world, traits);
      listsAreWhole(world, traits, act);
      crowdsAreTold(world, traits, act);
      talksAreTold(world, traits, act);
      blocksAreExact(world, act);
      if (traits.keyed) blocksAreKeyed(world);
      mutesAreIdempotent(world, traits, act);
      abilitiesAreTold(world, traits, act);
      if (traits.passwords) {
        signInIsChecked(world);
        sessionsAreKept(world, traits, 'signed in with an app password', actByPassword);
      }
      if (traits.oauth) {
        sessionsAreKept(world, traits, 'signed in at the own server', actByOAuth);
        consentIsKept(world, traits);
      }
      limitsAreTold(world, act);
    });
  });
}
