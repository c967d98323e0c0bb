import { judgeBy, type Rules, STRANGER, type Verdict } from '../../exemptions/policy/index.ts';

/** What a shield spares and weakens, and the accounts that its member named: who those are does not help them. */
export type Wish = Rules & { names: string[] };

/** How somebody stands to the account: as the network said just before writing, and as was read within the last minutes. */
export type Standing = { profileId: string; follows: boolean; followedBy: boolean; talked: boolean };

/** What a shield does about somebody who stands so to the account. */
export function judgeRelation(wish: Wish, { profileId, ...standing }: Standing): Verdict {
  return judgeBy({ ...STRANGER, ...standing }, wish, wish.names.includes(profileId));
}

/** Whether a shield that judged so still wants this action: who is weakened is muted, and no longer blocked. */
export function wants(verdict: Verdict, action: 'block' | 'mute'): boolean {
  return verdict === null || (verdict.choice === 'weaken' && action === 'mute');
}
