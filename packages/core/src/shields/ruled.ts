import { DAY } from '@secateur/base';
import { Prisma } from '@secateur/db';
import { choiceOf, type Ruled, type Rules, TALKED_FOR } from '../exemptions/policy/index.ts';

/** What a network says of an account beside its name is believed for a week: it changes slowly, and the crowd is large. */
export const DETAILS_FRESH = 7 * DAY;

export type RuledShield = Rules & { popularAbove: number };

/**
 * Why these rules do `choice` about somebody, in SQL, or NULL: exemptions/policy/exempt.ts for strangers' own part. `p` is
 * their row of people, `d` that of profiles; a test compares the two on every combination.
 */
export function reasonBy(rules: RuledShield, choice: 'spare' | 'weaken', now: Date): Prisma.Sql {
  const since = new Date(now.getTime() - DETAILS_FRESH);
  const does = (rule: Ruled) => choiceOf(rule, rules) === choice;
  return Prisma.sql`CASE
    WHEN ${does('mutual')}::boolean AND p.follows AND p.followed_by THEN 'mutual'
    WHEN ${does('you_follow')}::boolean AND p.follows THEN 'you_follow'
    WHEN ${does('follows_you')}::boolean AND p.followed_by THEN 'follows_you'
    WHEN ${does('talked')}::boolean AND p.talked_at > ${new Date(now.getTime() - TALKED_FOR)}::timestamptz THEN 'talked'
    WHEN ${does('verified')}::boolean AND d.verified AND d.verified_at > ${since}::timestamptz THEN 'verified'
    WHEN ${does('popular')}::boolean AND d.followers > ${rules.popularAbove}::int
      AND d.followers_at > ${since}::timestamptz THEN 'popular' END`;
}

/** The rows `d` of those that `profileId` names, where a rule asks for them. */
export function detailsOf(rules: RuledShield, profileId: Prisma.Sql): Prisma.Sql {
  return Prisma.sql`LEFT JOIN profiles d ON ${needsDetails(rules)}::boolean AND d.id = ${profileId}`;
}

/** Whether a rule goes by what a network says of an account beside its name. */
export function needsDetails(rules: Rules): boolean {
  return rules.forVerified !== 'nothing' || rules.forPopular !== 'nothing';
}
