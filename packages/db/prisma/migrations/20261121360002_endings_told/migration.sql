SET LOCAL ROLE secateur_owner;
-- For how long it was to hold when its members were told that it ends soon. Held longer since, it ends anew.
ALTER TABLE "shields" ADD COLUMN "told_hold" INTEGER;

CREATE POLICY across_tenants ON shield_connections TO secateur_across USING (true);
GRANT SELECT (tenant_id, shield_id, first_done_at) ON shield_connections TO secateur_across;

SET LOCAL ROLE secateur_across;
-- Tenants with shields that begin to end within the seconds given, of a short one within that part of its time, and whose
-- members were not told. What to tell is decided inside each tenant.
CREATE FUNCTION across.endings_untold(p_now timestamptz, p_seconds int, p_part int, p_limit int) RETURNS TABLE (tenant_id uuid)
  LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
  SELECT DISTINCT s.tenant_id FROM shields s
  CROSS JOIN LATERAL (SELECT min(c.first_done_at) + s.hold_seconds * interval '1 second' AS ends FROM shield_connections c
                      WHERE c.tenant_id = s.tenant_id AND c.shield_id = s.id) f
  WHERE s.state IN ('acting', 'holding') AND s.hold_seconds IS DISTINCT FROM s.told_hold
    AND s.ends_at IS NULL AND s.undone_at IS NULL AND s.lift_order IS NULL
    -- Nothing can be held longer there.
    AND NOT EXISTS (SELECT FROM deletions d WHERE d.tenant_id = s.tenant_id)
    AND NOT EXISTS (SELECT FROM tenants t WHERE t.id = s.tenant_id AND t.suspended_at IS NOT NULL)
    AND f.ends > p_now AND f.ends <= p_now + least(p_seconds, s.hold_seconds / p_part) * interval '1 second'
  LIMIT p_limit
$$;
REVOKE ALL ON FUNCTION across.endings_untold FROM PUBLIC;
GRANT EXECUTE ON FUNCTION across.endings_untold TO secateur_worker;
RESET ROLE;
