-- An app password that is to replace credentials which still work stands beside them until the network has confirmed it.

CREATE TABLE "renewals" (
  "tenant_id" UUID NOT NULL,
  "connection_id" UUID NOT NULL,
  "id" UUID NOT NULL,
  "network" "network" NOT NULL,
  "sealed" BYTEA,
  "problem" TEXT,
  "asked_at" TIMESTAMPTZ(3) NOT NULL,
  "wake_at" TIMESTAMPTZ(3),
  CONSTRAINT "renewals_pkey" PRIMARY KEY ("tenant_id", "connection_id")
);
CREATE INDEX "renewals_due" ON "renewals"("wake_at") WHERE (wake_at IS NOT NULL);

ALTER TABLE renewals ENABLE ROW LEVEL SECURITY;
ALTER TABLE renewals FORCE ROW LEVEL SECURITY;
CREATE POLICY own_tenant ON renewals USING (tenant_id = (SELECT nullif(current_setting('app.tenant_id', true), '')::uuid));
CREATE POLICY across_tenants ON renewals TO secateur_across USING (true);
GRANT SELECT, INSERT, UPDATE, DELETE ON renewals TO secateur_web;
GRANT SELECT, UPDATE, DELETE ON renewals TO secateur_worker;
GRANT SELECT, UPDATE ON renewals TO secateur_across;

SET LOCAL ROLE secateur_across;

-- Those whose job was lost, or whose network was away. Each is given a minute before it is found again.
CREATE FUNCTION across.renewals_due(p_now timestamptz, p_limit int) RETURNS TABLE (tenant_id uuid, connection_id uuid)
  LANGUAGE sql SECURITY DEFINER SET search_path = public, pg_temp AS $$
  UPDATE renewals n SET wake_at = p_now + interval '1 minute'
  FROM (SELECT x.tenant_id, x.connection_id FROM renewals x WHERE x.wake_at <= p_now
        ORDER BY x.wake_at LIMIT p_limit FOR UPDATE SKIP LOCKED) d
  WHERE n.tenant_id = d.tenant_id AND n.connection_id = d.connection_id
  RETURNING n.tenant_id, n.connection_id
$$;
REVOKE ALL ON FUNCTION across.renewals_due FROM PUBLIC;
GRANT EXECUTE ON FUNCTION across.renewals_due TO secateur_worker;

CREATE OR REPLACE FUNCTION across.sealed_to() RETURNS TABLE (key_id text, secrets bigint)
  LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
  SELECT encode(substr(c.sealed, 2, 8), 'hex'), count(*)
  FROM (SELECT sealed FROM connections UNION ALL SELECT sealed FROM renewals) c
  WHERE substr(c.sealed, 1, 1) IN ('\x01', '\x03') GROUP BY 1 ORDER BY 1
$$;

RESET ROLE;
