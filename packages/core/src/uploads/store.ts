import { MINUTE, profileId } from '@secateur/base';
import type { Tx } from '@secateur/db';
import type { NetworkName } from '@secateur/networks/port';
import { rememberProfiles } from '../audiences/index.ts';
import type { Answer } from './look-up.ts';

type At = { network: NetworkName; atLine: number; size: number };

/** Stores what was answered, and where to go on; false when somebody else stored from the same line before. */
export async function store(
  tx: Tx,
  { tenantId, uploadId }: { tenantId: string; uploadId: string },
  at: At,
  answers: Answer[],
  now: Date,
): Promise<boolean> {
  const [mine] = await tx.$queryRaw<unknown[]>`
    SELECT 1 FROM uploads WHERE tenant_id = ${tenantId}::uuid AND id = ${uploadId}::uuid AND state = 'listing'
      AND at_line = ${at.atLine} FOR UPDATE`;
  if (!mine) return false;
  const { network } = at;
  const profiles = answers.flatMap((a) => ('profile' in a && a.profile ? [a.profile] : []));
  await rememberProfiles(tx, network, profiles, now);
  const known = answers.flatMap((a) => {
    const nativeId = 'nativeId' in a ? a.nativeId : a.profile?.nativeId;
    return nativeId === undefined ? [] : [{ line: a.line, nativeId, id: profileId(network, nativeId) }];
  });
  // An id that nobody looked closer at is known by that.
  await tx.$executeRaw`
    INSERT INTO profiles (id, network, native_id, handle, seen_at)
    SELECT DISTINCT k.id, ${network}::network, k.native, k.native, ${now}::timestamptz
    FROM unnest(${known.map((k) => k.id)}::uuid[], ${known.map((k) => k.nativeId)}::text[]) AS k (id, native) ORDER BY 1
    ON CONFLICT (id) DO NOTHING`;
  const added = await tx.$queryRaw<{ line: number }[]>`
    WITH fresh AS (
      SELECT k.id, min(k.line) AS line FROM unnest(${known.map((k) => k.id)}::uuid[], ${known.map((k) => k.line)}::int[]) AS k (id, line)
      WHERE NOT EXISTS (SELECT FROM upload_members m WHERE m.tenant_id = ${tenantId}::uuid AND m.upload_id = ${uploadId}::uuid
                          AND m.profile_id = k.id)
      GROUP BY k.id
    ), added AS (
      INSERT INTO upload_members (tenant_id, upload_id, profile_id, seq)
      SELECT ${tenantId}::uuid, ${uploadId}::uuid, f.id, ${at.size}::int + (row_number() OVER (ORDER BY f.line))::int - 1
      FROM fresh f
    )
    SELECT line FROM fresh`;
  const first = new Set(added.map(({ line }) => line));
  const isKnown = new Set(known.map(({ line }) => line));
  const states = answers.map(({ line }) => (first.has(line) ? 'known' : isKnown.has(line) ? 'again' : 'unknown'));
  await tx.$executeRaw`
    UPDATE upload_lines l SET state = x.state::upload_line_state
    FROM unnest(${answers.map((a) => a.line)}::int[], ${states}::text[]) AS x (line, state)
    WHERE l.tenant_id = ${tenantId}::uuid AND l.upload_id = ${uploadId}::uuid AND l.line = x.line`;
  await tx.upload.update({
    where: { tenantId_id: { tenantId, id: uploadId } },
    data: {
      size: at.size + added.length,
      atLine: answers.at(-1)?.line ?? at.atLine,
      tries: 0,
      problem: null,
      wakeAt: new Date(now.getTime() + MINUTE),
    },
  });
  return true;
}
