/** Why somebody is spared. */
export type SpareReason = 'yourself' | 'you_follow' | 'follows_you' | 'mutual' | 'allowed' | 'protected';

/** What is known of one profile, seen from one account. */
export type Facts = {
  /** It is this account, or another that the tenant connected. */
  own: boolean;
  protected: boolean;
  allowed: boolean;
  follows: boolean;
  followedBy: boolean;
};

/** What a shield spares. Own, protected and allowed are spared by every shield. */
export type Rules = { spareFollows: boolean; spareFollowers: boolean; spareMutuals: boolean };

/**
 * Whether a profile is spared, and why. `named` is the account that the member named: following each other does not
 * spare it, since the member said who it is.
 */
export function exempt(facts: Facts, rules: Rules, named: boolean): SpareReason | null {
  if (facts.own) return 'yourself';
  if (facts.protected) return 'protected';
  if (facts.allowed) return 'allowed';
  if (named) return null;
  const { follows, followedBy } = facts;
  if (follows && followedBy) {
    return rules.spareMutuals || rules.spareFollows || rules.spareFollowers ? 'mutual' : null;
  }
  if (follows && rules.spareFollows) return 'you_follow';
  if (followedBy && rules.spareFollowers) return 'follows_you';
  return null;
}
