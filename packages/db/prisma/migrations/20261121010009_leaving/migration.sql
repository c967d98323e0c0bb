-- How a connection ends, and what becomes of what it holds.
CREATE TYPE "leaving" AS ENUM ('in_time', 'now', 'keep');
ALTER TABLE "connections" ADD COLUMN "leaving" "leaving", ADD COLUMN "gone_at" TIMESTAMPTZ(3);

-- Until it is gone an account stays one tenant's.
DROP INDEX "connections_one_tenant_per_account";
CREATE UNIQUE INDEX "connections_one_tenant_per_account" ON "connections"("account_id")
  WHERE (state = ANY (ARRAY['ready'::connection_state, 'revoked'::connection_state, 'leaving'::connection_state]));

-- A connection that leaves is woken like one that comes; `detail` tells them apart.
CREATE OR REPLACE FUNCTION across.due(p_now timestamptz, p_limit int)
  RETURNS TABLE (kind text, tenant_id uuid, id uuid, detail text)
  LANGUAGE sql SECURITY DEFINER SET search_path = public, pg_temp AS $$
  WITH a AS (
    UPDATE network_accounts n SET wake_at = p_now + interval '1 minute'
    FROM (SELECT x.tenant_id, x.account_id FROM network_accounts x WHERE x.wake_at <= p_now
          ORDER BY x.wake_at LIMIT p_limit FOR UPDATE SKIP LOCKED) d
    WHERE n.tenant_id = d.tenant_id AND n.account_id = d.account_id
    RETURNING n.tenant_id, n.account_id
  ), s AS (
    UPDATE shields n SET wake_at = p_now + interval '1 minute'
    FROM (SELECT x.tenant_id, x.id FROM shields x WHERE x.wake_at <= p_now
          ORDER BY x.wake_at LIMIT p_limit FOR UPDATE SKIP LOCKED) d
    WHERE n.tenant_id = d.tenant_id AND n.id = d.id
    RETURNING n.tenant_id, n.id, n.state::text AS state
  ), r AS (
    UPDATE readings n SET wake_at = p_now + interval '1 minute'
    FROM (SELECT x.tenant_id, x.account_id, x.kind FROM readings x WHERE x.wake_at <= p_now
          ORDER BY x.wake_at LIMIT p_limit FOR UPDATE SKIP LOCKED) d
    WHERE n.tenant_id = d.tenant_id AND n.account_id = d.account_id AND n.kind = d.kind
    RETURNING n.tenant_id, n.account_id, n.kind::text AS kind
  ), c AS (
    UPDATE connections n SET wake_at = p_now + interval '1 minute'
    FROM (SELECT x.tenant_id, x.id FROM connections x WHERE x.wake_at <= p_now
          ORDER BY x.wake_at LIMIT p_limit FOR UPDATE SKIP LOCKED) d
    WHERE n.tenant_id = d.tenant_id AND n.id = d.id
    RETURNING n.tenant_id, n.id, n.state::text AS state
  ), u AS (
    UPDATE audiences n SET wake_at = p_now + interval '1 minute'
    FROM (SELECT x.id FROM audiences x WHERE x.wake_at <= p_now
          ORDER BY x.wake_at LIMIT p_limit FOR UPDATE SKIP LOCKED) d
    WHERE n.id = d.id
    RETURNING n.id
  )
  SELECT 'account', a.tenant_id, a.account_id, NULL FROM a
  UNION ALL SELECT 'shield', s.tenant_id, s.id, s.state FROM s
  UNION ALL SELECT 'reading', r.tenant_id, r.account_id, r.kind FROM r
  UNION ALL SELECT 'connection', c.tenant_id, c.id, c.state FROM c
  UNION ALL SELECT 'audience', NULL, u.id, NULL FROM u
$$;
