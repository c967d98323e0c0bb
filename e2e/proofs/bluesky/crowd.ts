import type { Account, RealBlueskyControl } from '../../bluesky/control.ts';
import { randomOf } from '../shared/random.ts';
import { shuffled } from '../shared/shuffled.ts';

/** Who is on the network before Secateur hears of anybody. */
export type Crowd = {
  victim: Account & { password: string };
  troll: Account;
  /** Followers whom the victim follows, or who follow the victim, before the plan is made. */
  own: Account[];
  /** Those of whom that becomes so after the plan. */
  late: Account[];
  /** Blocked by hand before, with the keys of those records. */
  byHand: { account: Account; key: string }[];
  /** Has followed the troll and is not there any more. */
  deactivated: Account;
  /** Everybody else: these, and the troll, are to be blocked. */
  strangers: Account[];
};

const OWN = 15;
const LATE = 5;
const BY_HAND = 5;
export const FEWEST = OWN + LATE + BY_HAND + 1;
const PASSWORD = 'the account password';

/**
 * Makes accounts, follows and hand-made blocks. `name` keeps several crowds on the same servers apart, `seed` decides which
 * of the followers is who.
 */
export async function gather(control: RealBlueskyControl, name: string, count: number, seed: number): Promise<Crowd> {
  const [victim] = await control.accounts([`${name}-victim`], PASSWORD);
  const [troll] = await control.accounts([`${name}-troll`]);
  if (!victim || !troll) throw new Error('no accounts');
  const followers = await control.accounts(Array.from({ length: count }, (_, i) => `${name}-crowd-${i}`));
  await control.follows(followers.map((one) => [one.did, troll.did]));
  const rest = shuffled(followers, randomOf(`bluesky ${seed}`).next);
  const own = rest.splice(0, OWN);
  const late = rest.splice(0, LATE);
  const hand = rest.splice(0, BY_HAND);
  const deactivated = rest.pop();
  if (!deactivated) throw new Error('the crowd is too small');
  await control.follows(own.flatMap((one, i) => related(victim, one, i)));
  const keys = await control.block(
    victim.did,
    hand.map((one) => one.did),
  );
  await control.settle();
  await control.deactivate(deactivated.did);
  await control.settle();
  return {
    victim: { ...victim, password: await control.appPassword(victim.did, 'secateur') },
    troll,
    own,
    late,
    byHand: hand.map((account, i) => ({ account, key: keys[i] ?? '' })),
    deactivated,
    strangers: rest,
  };
}

/** By turns: followed by the victim, following the victim, both. */
export function related(victim: Account, other: Account, turn: number): [string, string][] {
  const out: [string, string] = [victim.did, other.did];
  const back: [string, string] = [other.did, victim.did];
  return [[out], [back], [out, back]][turn % 3] ?? [out];
}
