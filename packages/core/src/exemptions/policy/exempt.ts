import type { NetworkName } from '@secateur/networks/port';

/** What a rule does about those whom it finds: leaves them alone, mutes instead of blocking, or nothing. */
export const CHOICES = ['spare', 'weaken', 'nothing'] as const;
export type Choice = (typeof CHOICES)[number];

/** Why somebody is spared or weakened because of who they are to the member; closest first, and the closest is named. */
export const RULED = ['mutual', 'you_follow', 'follows_you', 'talked', 'verified', 'popular'] as const;
export type Ruled = (typeof RULED)[number];

/** Why somebody is spared. The first three can't be turned off. */
export type SpareReason = 'yourself' | 'protected' | 'allowed' | Ruled;

/** What is known of one profile, seen from one account. */
export type Facts = {
  /** It is this account, or another that the tenant connected. */
  own: boolean;
  protected: boolean;
  allowed: boolean;
  follows: boolean;
  followedBy: boolean;
  /** The account answered or mentioned them in public lately. Who only wrote to it is not meant: that is what a crowd does. */
  talked: boolean;
  verified: boolean;
  /** Has more followers than the shield's number. */
  popular: boolean;
};

/** What a shield does about each kind of people. Own, protected and allowed are spared by every shield. */
export type Rules = {
  forFollows: Choice;
  forFollowers: Choice;
  forMutuals: Choice;
  forTalked: Choice;
  forVerified: Choice;
  forPopular: Choice;
};

/** What becomes of somebody: null where no rule does anything about them. */
export type Verdict = { choice: 'spare'; reason: SpareReason } | { choice: 'weaken'; reason: Ruled } | null;

/** Nobody known to nobody. */
export const STRANGER: Facts = {
  own: false,
  protected: false,
  allowed: false,
  follows: false,
  followedBy: false,
  talked: false,
  verified: false,
  popular: false,
};

/**
 * What becomes of a profile, and why. Where several rules find it the one that is safest for it holds, and of those that are
 * as safe the closest is named. `named` is an account that the member named: who it is does not help it, since the member
 * said who it is.
 */
export function judgeBy(facts: Facts, rules: Rules, named: boolean): Verdict {
  const always = alwaysSpared(facts);
  if (always) return { choice: 'spare', reason: always };
  if (named) return null;
  const found = RULED.filter((rule) => finds(rule, facts));
  const spares = found.find((rule) => choiceOf(rule, rules) === 'spare');
  if (spares) return { choice: 'spare', reason: spares };
  const weakens = found.find((rule) => choiceOf(rule, rules) === 'weaken');
  return weakens ? { choice: 'weaken', reason: weakens } : null;
}

/** Why every shield spares somebody, whatever its rules; null where it need not. */
export function alwaysSpared(facts: Pick<Facts, 'own' | 'protected' | 'allowed'>): SpareReason | null {
  return facts.own ? 'yourself' : facts.protected ? 'protected' : facts.allowed ? 'allowed' : null;
}

/** Whether a rule is about somebody of whom this is known, whatever it does about them. */
export function finds(rule: Ruled, facts: Facts): boolean {
  switch (rule) {
    case 'mutual':
      return facts.follows && facts.followedBy;
    case 'you_follow':
      return facts.follows;
    case 'follows_you':
      return facts.followedBy;
    default:
      return facts[rule];
  }
}

const COLUMNS = {
  mutual: 'forMutuals',
  you_follow: 'forFollows',
  follows_you: 'forFollowers',
  talked: 'forTalked',
  verified: 'forVerified',
  popular: 'forPopular',
} as const satisfies Record<Ruled, keyof Rules>;

/** What these rules do about those whom one of them finds. */
export function choiceOf(rule: Ruled, rules: Rules): Choice {
  return rules[COLUMNS[rule]];
}

/** Whether a shield with these rules may mute somebody in place of blocking. In a shield that mutes there is nothing to weaken. */
export function mayWeaken(rules: Rules, action: 'block' | 'mute'): boolean {
  return action === 'block' && RULED.some((rule) => choiceOf(rule, rules) === 'weaken');
}

/** The actions that a shield with these rules may take. */
export function actionsOf(rules: Rules, action: 'block' | 'mute'): ('block' | 'mute')[] {
  return mayWeaken(rules, action) ? [action, 'mute'] : [action];
}

/** What a shield does when nobody chose otherwise: it leaves the member's own people alone. */
export const CALM_RULES = {
  forFollows: 'spare',
  forFollowers: 'spare',
  forMutuals: 'spare',
  forTalked: 'nothing',
  forVerified: 'nothing',
  forPopular: 'nothing',
  popularAbove: 10_000,
} as const satisfies Rules & { popularAbove: number };

/** The rules that a member chose, out of all that they did. */
export function rulesOf(of: Rules & { popularAbove: number }): Rules & { popularAbove: number } {
  const { forFollows, forFollowers, forMutuals, forTalked, forVerified, forPopular, popularAbove } = of;
  return { forFollows, forFollowers, forMutuals, forTalked, forVerified, forPopular, popularAbove };
}

/** Where whom somebody follows is told to anybody for nothing: the adapters' `crowds` and `prices`, and a test compares them. */
export const LISTS_FREELY: Record<NetworkName, boolean> = { bluesky: true, mastodon: true, x: false };

/** Where it can be told for nothing whom one talked with: the adapters say the same (`tellsTalks`), and a test compares the two. */
export const TELLS_TALKS: Record<NetworkName, boolean> = { bluesky: true, mastodon: true, x: false };
