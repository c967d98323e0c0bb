import type { Tx } from '@secateur/db';
import type { NetworkName } from '@secateur/networks/port';
import { FAMILIAR, LISTS_FREELY } from '../exemptions/policy/index.ts';
import { counts } from './crowds.ts';
import type { Estimated } from './estimate.ts';
import { reachOf } from './reach.ts';
import type { FriendsView } from './schemas.ts';

/** Most of them that are shown: each is looked at by hand. */
const SHOWN = 100;

/**
 * Who of a listed crowd is followed by many of those whom an account follows, those followed by most first: as far as somebody had it
 * found out. Null where it can't be. `but` are spared already.
 */
export async function friendsIn(
  tx: Tx,
  shield: Estimated,
  { accountId, network }: { accountId: string; network: NetworkName },
  but: string[],
  now: Date,
): Promise<FriendsView | null> {
  if (!LISTS_FREELY[network]) return null;
  const { tenantId } = shield;
  const reading = await tx.reading.findUnique({
    where: { tenantId_accountId_kind: { tenantId, accountId, kind: 'familiar' } },
  });
  const known = reading?.readAt != null && reading.readAt.getTime() > now.getTime() - FAMILIAR.kept;
  if (!known) return { state: reading?.wakeAt == null ? 'unasked' : 'looking', answered: 0, people: [] };
  const here = shield.sources.filter((s) => s.network === network && s.problem === null && counts(s));
  const crowds = await reachOf(tx, here);
  const named = shield.sources.flatMap((s) => (counts(s) ? [] : (s.subjectId ?? [])));
  const people = await tx.$queryRaw<FriendsView['people']>`
    SELECT o.profile_id AS "profileId", p.handle, p.display_name AS "displayName", o.known_by::int AS "knownBy"
    FROM people o JOIN profiles p ON p.id = o.profile_id
    WHERE o.tenant_id = ${tenantId}::uuid AND o.account_id = ${accountId}::uuid AND o.known_by >= ${FAMILIAR.many}
      AND NOT o.profile_id = ANY(${[...but, ...named]}::uuid[])
      AND (SELECT count(*) FROM unnest(${crowds.ids}::uuid[], ${crowds.to}::int[]) AS c (id, shown)
           WHERE EXISTS (SELECT FROM crowd_members m
                         WHERE m.crowd_id = c.id AND m.profile_id = o.profile_id AND m.seq < c.shown)) >= ${shield.threshold}::int
    ORDER BY o.known_by DESC, p.handle LIMIT ${SHOWN}`;
  return { state: 'known', answered: reading?.answered ?? 0, people };
}

/** What several accounts come to together: somebody is shown once, by the account of which most know them. */
export function together(views: FriendsView[]): FriendsView | null {
  const [first] = views;
  if (!first) return null;
  const state = views.some((v) => v.state === 'looking')
    ? 'looking'
    : views.every((v) => v.state === 'known')
      ? 'known'
      : 'unasked';
  const people = views.flatMap((v) => v.people).sort((a, b) => b.knownBy - a.knownBy);
  return {
    state,
    answered: views.reduce((sum, v) => sum + v.answered, 0),
    people: people
      .filter((one, n) => people.findIndex((other) => other.profileId === one.profileId) === n)
      .slice(0, SHOWN),
  };
}
