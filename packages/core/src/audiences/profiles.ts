import { DAY, profileId } from '@secateur/base';
import type { SqlTx } from '@secateur/db';
import type { NetworkName, PublicProfile } from '@secateur/networks/port';

/**
 * Stores what a network showed of these accounts. Who shows as before is not written again, but for a mark that was last
 * seen more than a day ago. What another server than their own says is kept where nothing is known yet, and never takes the place
 * of what their own said: profiles are shared, and whoever runs a server could rename anybody. Written in the order of their ids,
 * so that two never deadlock.
 */
export async function rememberProfiles(
  tx: SqlTx,
  network: NetworkName,
  profiles: PublicProfile[],
  now: Date,
): Promise<void> {
  if (profiles.length === 0) return;
  const rows = [...new Map(profiles.map((p) => [profileId(network, p.nativeId), p]))].sort(([a], [b]) =>
    a < b ? -1 : 1,
  );
  const hearsay = rows.flatMap(([id, p]) => (p.hearsay ? [id] : []));
  await tx.$executeRaw`
    INSERT INTO profiles (id, network, native_id, handle, display_name, followers, following, followers_at, verified, verified_at,
                          seen_at)
    SELECT p.id, ${network}::network, p.native, p.handle, p.name, p.followers, p.following,
           CASE WHEN p.followers IS NOT NULL THEN ${now}::timestamptz END, p.verified,
           CASE WHEN p.verified IS NOT NULL THEN ${now}::timestamptz END, ${now}::timestamptz
    FROM unnest(${rows.map(([id]) => id)}::uuid[], ${rows.map(([, p]) => p.nativeId)}::text[],
                ${rows.map(([, p]) => p.handle)}::text[], ${rows.map(([, p]) => p.displayName)}::text[],
                ${rows.map(([, p]) => p.followers)}::int[], ${rows.map(([, p]) => p.following)}::int[],
                ${rows.map(([, p]) => p.verified)}::boolean[])
      AS p (id, native, handle, name, followers, following, verified)
    ON CONFLICT (id) DO UPDATE SET handle = excluded.handle, display_name = excluded.display_name,
      followers = coalesce(excluded.followers, profiles.followers),
      following = coalesce(excluded.following, profiles.following),
      followers_at = coalesce(excluded.followers_at, profiles.followers_at),
      verified = coalesce(excluded.verified, profiles.verified),
      verified_at = coalesce(excluded.verified_at, profiles.verified_at), seen_at = excluded.seen_at
    WHERE ((profiles.handle, profiles.display_name) IS DISTINCT FROM (excluded.handle, excluded.display_name)
           OR excluded.followers IS NOT NULL
           OR excluded.verified IS DISTINCT FROM profiles.verified AND excluded.verified IS NOT NULL
           OR profiles.verified_at < ${new Date(now.getTime() - DAY)}::timestamptz AND excluded.verified IS NOT NULL)
      AND (NOT profiles.id = ANY(${hearsay}::uuid[]) OR profiles.handle = profiles.native_id)`;
}
