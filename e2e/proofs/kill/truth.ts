import { profileId } from '@secateur/base';
import { BLOCK, type SandboxControl } from '@secateur/sandbox';
import type { Asker } from '../shared/database.ts';
import type { Loaded } from '../shared/load.ts';

/** What the network holds and what our tables say, compared. All but the first are counts of what should not be. */
export type Truth = {
  records: number;
  /** Targets without a record. */
  lost: number;
  /** Targets with more than one. */
  doubled: number;
  /** Records of people who are no target. */
  strange: number;
  /** Effects that are not applied under exactly the key that the network holds. */
  wrongEffects: number;
  /** Accounts whose counts or tokens are not what the network holds. */
  wrongCounts: number;
  /** By how many the audit trail differs from what was made. */
  notAudited: number;
};

export async function truthOf(control: SandboxControl, asker: Asker, accounts: Loaded[]): Promise<Truth> {
  const repos = await control.records(BLOCK);
  const recordsOf = new Map(repos.map((repo) => [repo.did, repo.records]));
  const effects = await asker.ask<{ accountId: string; profileId: string; key: string | null; state: string }>(
    'SELECT account_id AS "accountId", profile_id AS "profileId", key, state::text AS state FROM effects',
  );
  const effectOf = new Map(effects.map((e) => [`${e.accountId} ${e.profileId}`, e]));
  const truth = { records: 0, lost: 0, doubled: 0, strange: 0, wrongEffects: 0, wrongCounts: 0, notAudited: 0 };
  const made = new Map<string, number>();
  for (const { accountId, player } of accounts) {
    const records = recordsOf.get(player.did) ?? [];
    const keysOf = new Map<string, string[]>(player.targets.map((did) => [did, []]));
    for (const { subject, key } of records) {
      const keys = keysOf.get(subject);
      if (keys) keys.push(key);
      else truth.strange += 1;
    }
    truth.records += records.length;
    for (const [did, keys] of keysOf) {
      if (keys.length === 0) truth.lost += 1;
      if (keys.length > 1) truth.doubled += 1;
      const effect = effectOf.get(`${accountId} ${profileId('bluesky', did)}`);
      if (effect?.state !== 'applied' || effect.key !== keys[0]) truth.wrongEffects += 1;
    }
    made.set(accountId, [...keysOf.values()].filter((keys) => keys.length > 0).length);
  }
  const counts = await asker.ask<{ accountId: string; total: number; done: number; charged: number; rest: number }>(
    `SELECT account_id AS "accountId", total, done, tokens_charged AS charged,
            spared + already + pending + failed + over + tokens_held AS rest FROM shield_connections`,
  );
  truth.wrongCounts = counts.filter((c) => {
    const should = made.get(c.accountId);
    return c.total !== should || c.done !== should || c.charged !== should || c.rest !== 0;
  }).length;
  const [audited] = await asker.ask<{ count: number }>(
    `SELECT coalesce(sum(count), 0)::int AS count FROM audit WHERE action = 'effects.moved'`,
  );
  truth.notAudited = Math.abs((audited?.count ?? 0) - [...made.values()].reduce((sum, n) => sum + n, 0));
  return truth;
}
