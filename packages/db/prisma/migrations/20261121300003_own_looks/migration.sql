-- Each shield that keeps up asks for looks of its own, so that none of them comes earlier or later for somebody else's.
SET LOCAL ROLE secateur_owner;

ALTER TABLE "sources" ADD COLUMN "asked_at" TIMESTAMPTZ(3), ADD COLUMN "looked_at" TIMESTAMPTZ(3);

SET LOCAL ROLE secateur_across;

-- Shields that wait for a look at a crowd.
CREATE OR REPLACE FUNCTION across.keepers_of(p_audience uuid) RETURNS TABLE (tenant_id uuid, shield_id uuid)
  LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
  SELECT k.tenant_id, k.shield_id FROM sources x
  JOIN keepings k ON k.tenant_id = x.tenant_id AND k.shield_id = x.shield_id
  WHERE x.audience_id = p_audience AND x.asked_at IS NOT NULL AND k.wake_at IS NOT NULL
$$;

RESET ROLE;
