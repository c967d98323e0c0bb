-- A network account passes from one tenant to another, and owners hear by mail of what nobody may miss.
SET LOCAL ROLE secateur_owner;

ALTER TABLE "connections" ADD COLUMN "proven_at" TIMESTAMPTZ(3),
  ADD COLUMN "moving_left" INTEGER,
  ADD COLUMN "moved_at" TIMESTAMPTZ(3);
CREATE INDEX "connections_wanted" ON "connections"("account_id")
  WHERE (state = 'moving'::connection_state);

CREATE TYPE "owed_about" AS ENUM ('moved', 'ending', 'ended');
CREATE TYPE "owed_to" AS ENUM ('first', 'second');

CREATE TABLE "owed_notices" (
  "tenant_id" UUID NOT NULL,
  "id" UUID NOT NULL,
  "user_id" UUID NOT NULL,
  "listener" "owed_to" NOT NULL,
  "about" "owed_about" NOT NULL,
  "at" TIMESTAMPTZ(3) NOT NULL,
  "tries" INTEGER NOT NULL DEFAULT 0,
  "next_at" TIMESTAMPTZ(3) NOT NULL,
  CONSTRAINT "owed_notices_pkey" PRIMARY KEY ("tenant_id", "id")
);
CREATE INDEX "owed_notices_due" ON "owed_notices"("next_at");

ALTER TABLE owed_notices ENABLE ROW LEVEL SECURITY;
ALTER TABLE owed_notices FORCE ROW LEVEL SECURITY;
CREATE POLICY own_tenant ON owed_notices USING (tenant_id = (SELECT nullif(current_setting('app.tenant_id', true), '')::uuid));
CREATE POLICY across_tenants ON owed_notices TO secateur_across USING (true);

-- Workers owe, the web app pays: it alone knows addresses.
GRANT SELECT, INSERT, DELETE ON owed_notices TO secateur_worker;
GRANT SELECT, DELETE ON owed_notices TO secateur_web;
GRANT SELECT, UPDATE (tries, next_at) ON owed_notices TO secateur_across;
-- Who is to be told.
GRANT SELECT (tenant_id, user_id, role) ON members TO secateur_worker;

RESET ROLE;
SET LOCAL ROLE secateur_across;

-- Where an account is connected, if anywhere, and whether its own server let us in there. Ids only: a worker then enters the
-- tenant by the same door as everybody else.
CREATE FUNCTION across.holder_of(p_account uuid) RETURNS TABLE (tenant_id uuid, id uuid, by_consent boolean)
  LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
  SELECT c.tenant_id, c.id, c.way = 'oauth' FROM connections c
  WHERE c.account_id = p_account AND c.state IN ('ready', 'revoked', 'leaving')
$$;

-- Who is to have it next: a consent goes before an app password, then the newest proof.
CREATE FUNCTION across.mover_of(p_account uuid) RETURNS TABLE (tenant_id uuid, id uuid)
  LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
  SELECT c.tenant_id, c.id FROM connections c
  WHERE c.account_id = p_account AND c.state = 'moving'
  ORDER BY c.way = 'oauth' DESC, c.proven_at DESC, c.id DESC LIMIT 1
$$;

-- Notices that are to be sent now. The time is moved on, so that one whose sender dies is sent by another; real time.
CREATE FUNCTION across.notices_due(p_limit int) RETURNS TABLE (tenant_id uuid, id uuid)
  LANGUAGE sql SECURITY DEFINER SET search_path = public, pg_temp AS $$
  UPDATE owed_notices n SET tries = n.tries + 1, next_at = clock_timestamp() + interval '1 minute' * power(2, least(n.tries, 8))
  FROM (SELECT x.tenant_id, x.id FROM owed_notices x WHERE x.next_at <= clock_timestamp()
        ORDER BY x.next_at LIMIT p_limit FOR UPDATE SKIP LOCKED) d
  WHERE n.tenant_id = d.tenant_id AND n.id = d.id
  RETURNING n.tenant_id, n.id
$$;

REVOKE ALL ON FUNCTION across.holder_of, across.mover_of, across.notices_due FROM PUBLIC;
GRANT EXECUTE ON FUNCTION across.holder_of, across.mover_of TO secateur_worker;
GRANT EXECUTE ON FUNCTION across.notices_due TO secateur_web;
RESET ROLE;
