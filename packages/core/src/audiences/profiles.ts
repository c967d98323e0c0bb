import { profileId } from '@secateur/base';
import type { SqlTx } from '@secateur/db';
import type { NetworkName, PublicProfile } from '@secateur/networks/port';

/**
 * Stores what a network showed of these accounts. What another server than their own says is kept where nothing is known yet, and
 * never takes the place of what their own said: profiles are shared, and whoever runs a server could rename anybody. Written in
 * the order of their ids, so that two never deadlock.
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
    INSERT INTO profiles (id, network, native_id, handle, display_name, followers, following, seen_at)
    SELECT p.id, ${network}::network, p.native, p.handle, p.name, p.followers, p.following, ${now}::timestamptz
    FROM unnest(${rows.map(([id]) => id)}::uuid[], ${rows.map(([, p]) => p.nativeId)}::text[],
                ${rows.map(([, p]) => p.handle)}::text[], ${rows.map(([, p]) => p.displayName)}::text[],
                ${rows.map(([, p]) => p.followers)}::int[], ${rows.map(([, p]) => p.following)}::int[])
      AS p (id, native, handle, name, followers, following)
    ON CONFLICT (id) DO UPDATE SET handle = excluded.handle, display_name = excluded.display_name,
      followers = coalesce(excluded.followers, profiles.followers),
      following = coalesce(excluded.following, profiles.following), seen_at = excluded.seen_at
    WHERE ((profiles.handle, profiles.display_name) IS DISTINCT FROM (excluded.handle, excluded.display_name)
           OR excluded.followers IS NOT NULL)
      AND (NOT profiles.id = ANY(${hearsay}::uuid[]) OR profiles.handle = profiles.native_id)`;
}
