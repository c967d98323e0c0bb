SET LOCAL ROLE secateur_owner;

-- Whoever comes by a network may have no address.
ALTER TABLE "users" ALTER COLUMN "email" DROP NOT NULL;

CREATE TYPE "connection_way" AS ENUM ('password', 'oauth');

ALTER TABLE "connections" ADD COLUMN "way" "connection_way" NOT NULL DEFAULT 'password',
  ADD COLUMN "rights" "action"[] DEFAULT ARRAY['block', 'mute']::"action"[],
  ADD COLUMN "broad" BOOLEAN NOT NULL DEFAULT true,
  ADD COLUMN "tend_at" TIMESTAMPTZ(3),
  ADD COLUMN "ends_at" TIMESTAMPTZ(3),
  ADD COLUMN "told_at" TIMESTAMPTZ(3);
CREATE INDEX "connections_to_tend" ON "connections"("tend_at") WHERE (tend_at IS NOT NULL);

CREATE TYPE "flow_stage" AS ENUM ('asked', 'sent', 'answered', 'proven', 'taken', 'done', 'refused');

CREATE TABLE "oauth_flows" (
  "id" UUID NOT NULL,
  "network" "network" NOT NULL,
  "account" TEXT NOT NULL,
  "rights" "action"[],
  "browser" BYTEA NOT NULL,
  "stage" "flow_stage" NOT NULL,
  "problem" TEXT,
  "url" TEXT,
  "state_hash" BYTEA,
  "secret" BYTEA,
  "answer" BYTEA,
  "native_id" TEXT,
  "handle" TEXT,
  "keep_in" UUID,
  "asked_by" UUID,
  "connection_id" UUID,
  "back" TEXT NOT NULL,
  "expires_at" TIMESTAMPTZ(3) NOT NULL,
  CONSTRAINT "oauth_flows_pkey" PRIMARY KEY ("id")
);
CREATE UNIQUE INDEX "oauth_flows_by_state" ON "oauth_flows"("state_hash");
CREATE INDEX "oauth_flows_expiring" ON "oauth_flows"("expires_at");

-- There is no tenant yet, so each browser is its own: the web app sees the rows of the browser that it serves, as the
-- transaction says, and no others.
ALTER TABLE oauth_flows ENABLE ROW LEVEL SECURITY;
ALTER TABLE oauth_flows FORCE ROW LEVEL SECURITY;
CREATE POLICY own_browser ON oauth_flows TO secateur_web
  USING (browser = decode(nullif(current_setting('app.browser', true), ''), 'hex'));
CREATE POLICY workers ON oauth_flows TO secateur_worker USING (true);
GRANT SELECT, INSERT ON oauth_flows TO secateur_web;
-- What a browser brings, and who it turned out to be: never where it is sent or what was proven.
GRANT UPDATE (stage, answer, keep_in, asked_by) ON oauth_flows TO secateur_web;
GRANT SELECT, UPDATE, DELETE ON oauth_flows TO secateur_worker;

RESET ROLE;
SET LOCAL ROLE secateur_across;

-- Sessions that are to be looked after. The time is moved on, so that a lost job is made again.
CREATE FUNCTION across.to_tend(p_now timestamptz, p_limit int) RETURNS TABLE (tenant_id uuid, id uuid)
  LANGUAGE sql SECURITY DEFINER SET search_path = public, pg_temp AS $$
  UPDATE connections n SET tend_at = p_now + interval '1 hour'
  FROM (SELECT x.tenant_id, x.id FROM connections x WHERE x.tend_at <= p_now
        ORDER BY x.tend_at LIMIT p_limit FOR UPDATE SKIP LOCKED) d
  WHERE n.tenant_id = d.tenant_id AND n.id = d.id
  RETURNING n.tenant_id, n.id
$$;
REVOKE ALL ON FUNCTION across.to_tend FROM PUBLIC;
GRANT EXECUTE ON FUNCTION across.to_tend TO secateur_worker;
RESET ROLE;
