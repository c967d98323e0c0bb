-- Keeping up: while a shield holds, who joins its crowds later is covered too.
SET LOCAL ROLE secateur_owner;

-- Another look at a crowd that was listed before: who is new in it is added at its end. Shared, like the crowd.
CREATE TABLE "looks" (
  "audience_id" UUID NOT NULL,
  "looked_at" TIMESTAMPTZ(3) NOT NULL,
  "whole_at" TIMESTAMPTZ(3) NOT NULL,
  "started_at" TIMESTAMPTZ(3),
  "whole" BOOLEAN NOT NULL DEFAULT false,
  "known" INTEGER NOT NULL,
  "cursor" TEXT,
  "calls" INTEGER NOT NULL DEFAULT 0,
  "wake_at" TIMESTAMPTZ(3),
  "tries" SMALLINT NOT NULL DEFAULT 0,
  "problem" TEXT,

  CONSTRAINT "looks_pkey" PRIMARY KEY ("audience_id"),
  CONSTRAINT "looks_audience_id_fkey" FOREIGN KEY ("audience_id") REFERENCES "audiences"("id") ON DELETE CASCADE ON UPDATE CASCADE
);
CREATE INDEX "looks_due" ON "looks"("wake_at") WHERE (wake_at IS NOT NULL);
GRANT SELECT, INSERT, UPDATE ON looks TO secateur_worker;

CREATE TABLE "keepings" (
  "tenant_id" UUID NOT NULL,
  "shield_id" UUID NOT NULL,
  "paused_at" TIMESTAMPTZ(3),
  "looked_at" TIMESTAMPTZ(3),
  "came" INTEGER NOT NULL DEFAULT 0,
  "waiting" TEXT,
  "wake_at" TIMESTAMPTZ(3),

  CONSTRAINT "keepings_pkey" PRIMARY KEY ("tenant_id", "shield_id"),
  CONSTRAINT "keepings_tenant_id_shield_id_fkey" FOREIGN KEY ("tenant_id", "shield_id")
    REFERENCES "shields"("tenant_id", "id") ON DELETE CASCADE ON UPDATE CASCADE
);
CREATE INDEX "keepings_due" ON "keepings"("wake_at") WHERE (wake_at IS NOT NULL);
ALTER TABLE keepings ENABLE ROW LEVEL SECURITY;
ALTER TABLE keepings FORCE ROW LEVEL SECURITY;
CREATE POLICY own_tenant ON keepings USING (tenant_id = (SELECT nullif(current_setting('app.tenant_id', true), '')::uuid));
GRANT SELECT, INSERT, UPDATE ON keepings TO secateur_web;
GRANT SELECT, UPDATE, DELETE ON keepings TO secateur_worker;

CREATE POLICY across_tenants ON keepings TO secateur_across USING (true);
GRANT SELECT, UPDATE ON keepings TO secateur_across;

SET LOCAL ROLE secateur_across;

-- Shields whose crowds are to be looked at again. Each is given a minute before it is found again.
CREATE FUNCTION across.keepings_due(p_now timestamptz, p_limit int) RETURNS TABLE (tenant_id uuid, shield_id uuid)
  LANGUAGE sql SECURITY DEFINER SET search_path = public, pg_temp AS $$
  UPDATE keepings n SET wake_at = p_now + interval '1 minute'
  FROM (SELECT x.tenant_id, x.shield_id FROM keepings x WHERE x.wake_at <= p_now
        ORDER BY x.wake_at LIMIT p_limit FOR UPDATE SKIP LOCKED) d
  WHERE n.tenant_id = d.tenant_id AND n.shield_id = d.shield_id
  RETURNING n.tenant_id, n.shield_id
$$;

-- Shields that keep up with a crowd.
CREATE FUNCTION across.keepers_of(p_audience uuid) RETURNS TABLE (tenant_id uuid, shield_id uuid)
  LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
  SELECT k.tenant_id, k.shield_id FROM sources x
  JOIN keepings k ON k.tenant_id = x.tenant_id AND k.shield_id = x.shield_id
  WHERE x.audience_id = p_audience AND k.wake_at IS NOT NULL
$$;
REVOKE ALL ON FUNCTION across.keepings_due, across.keepers_of FROM PUBLIC;
GRANT EXECUTE ON FUNCTION across.keepings_due, across.keepers_of TO secateur_worker;

RESET ROLE;
