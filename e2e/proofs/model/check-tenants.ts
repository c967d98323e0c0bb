import { listConnections } from '@secateur/core/connections';
import { listAllowed } from '@secateur/core/exemptions';
import { getShield, listShields, listTargets } from '@secateur/core/shields';
import { withTenant } from '@secateur/db';
import type { Game } from './game.ts';
import { hold } from './promises.ts';

const PRIVATE = [
  'shields',
  'targets',
  'effects',
  'shield_connections',
  'connections',
  'exemptions',
  'held_by_hand',
  'audit',
];

/** A stranger has rows of their own about the same people: they stay as they are, and nothing else is seen. */
export async function checkTenants(game: Game): Promise<void> {
  const { stranger } = game;
  const found = await Promise.all([
    listShields(stranger, { before: null }),
    listConnections(stranger),
    listAllowed(stranger),
  ]);
  hold(
    found[0].length === 1 && found[1].length === 0 && found[2].length === 0,
    'tenants',
    () => 'a stranger sees rows',
  );
  for (const { id } of game.life.shields.slice(0, 1)) {
    const seen = await Promise.allSettled([
      getShield(stranger, { id }),
      listTargets(stranger, { id, filter: 'all', after: null }),
    ]);
    hold(
      seen.every((s) => s.status === 'rejected'),
      'tenants',
      () => 'a stranger opens a shield',
    );
  }
  const leaks = await withTenant(stranger.prisma, stranger.actor.tenantId, async (tx) => {
    const counts: Record<string, number> = {};
    for (const table of PRIVATE) {
      const [row] = await tx.$queryRawUnsafe<{ n: number }[]>(
        `SELECT count(*)::int AS n FROM ${table} WHERE tenant_id <> '${stranger.actor.tenantId}'`,
      );
      if (row && row.n > 0) counts[table] = row.n;
    }
    return counts;
  });
  hold(Object.keys(leaks).length === 0, 'tenants', () => `a stranger's transaction sees ${JSON.stringify(leaks)}`);
  const [row] = await game.ask<{ rows: string }>(
    `SELECT json_build_object('s', (SELECT json_agg(s) FROM shields s WHERE tenant_id = $1),
       't', (SELECT json_agg(t ORDER BY t.profile_id) FROM targets t WHERE tenant_id = $1),
       'e', (SELECT json_agg(e ORDER BY e.profile_id) FROM effects e WHERE tenant_id = $1))::text AS rows`,
    [stranger.actor.tenantId],
  );
  strangers.set(game, strangers.get(game) ?? row?.rows ?? '');
  hold(row?.rows === strangers.get(game), 'tenants', () => "a stranger's rows were changed");
}

const strangers = new WeakMap<Game, string>();

/** Gives the stranger a shield that stands, over the same people. */
export async function settleStranger(game: Game): Promise<void> {
  const { tenantId, userId } = game.stranger.actor;
  const account = game.people.own[1]?.id;
  await game.ask(
    `WITH s AS (
       INSERT INTO shields (tenant_id, id, created_by, created_at, state, action, for_follows, for_followers, for_mutuals)
       VALUES ($1, $2, $2, $3, 'holding', 'block', 'spare', 'spare', 'spare') RETURNING id)
     SELECT id FROM s`,
    [tenantId, userId, new Date(game.now())],
  );
  const ids = game.people.all.map((p) => p.id);
  await game.ask(
    `INSERT INTO targets (tenant_id, account_id, profile_id, action, shield_id, state)
     SELECT $1, $2, p, 'block', $3, 'covering' FROM unnest($4::uuid[]) p`,
    [tenantId, account, userId, ids],
  );
  await game.ask(
    `INSERT INTO effects (tenant_id, account_id, profile_id, action, state, shield_id, key, rank, confirmed_at)
     SELECT $1, $2, p, 'block', 'applied', $3, '3mstranger222', 1, $5 FROM unnest($4::uuid[]) p`,
    [tenantId, account, userId, ids, new Date(game.now())],
  );
}
