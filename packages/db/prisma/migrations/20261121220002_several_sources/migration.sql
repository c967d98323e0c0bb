-- Several sources in one shield, on several networks; crowds of posts, lists and files.
SET LOCAL ROLE secateur_owner;

-- What the network calls the post or the list; null where the crowd is an account's.
ALTER TABLE "audiences" ADD COLUMN "subject_ref" TEXT;

ALTER TABLE "shields" ADD COLUMN "threshold" SMALLINT NOT NULL DEFAULT 1;

-- What is there is of Bluesky. By a default and not by UPDATE, which row-level security would let find nothing.
ALTER TABLE "sources" ADD COLUMN "network" "network" NOT NULL DEFAULT 'bluesky';
ALTER TABLE "sources" ALTER COLUMN "network" DROP DEFAULT;
ALTER TABLE "sources"
  ADD COLUMN "author_id" UUID,
  ADD COLUMN "title" TEXT,
  ADD COLUMN "claimed" INTEGER,
  ADD COLUMN "upload_id" UUID,
  ADD COLUMN "problem" TEXT,
  ADD COLUMN "meant" INTEGER NOT NULL DEFAULT 0;

-- Files that members brought: a tenant's own, and never among the shared audiences.
CREATE TYPE "upload_line_state" AS ENUM ('waiting', 'known', 'again', 'unknown', 'unreadable');

CREATE TABLE "uploads" (
  "tenant_id" UUID NOT NULL,
  "id" UUID NOT NULL,
  "created_by" UUID NOT NULL,
  "created_at" TIMESTAMPTZ(3) NOT NULL,
  "network" "network" NOT NULL,
  "name" TEXT NOT NULL,
  "state" "audience_state" NOT NULL,
  "lines" INTEGER NOT NULL,
  "readable" INTEGER NOT NULL,
  "size" INTEGER NOT NULL DEFAULT 0,
  "at_line" INTEGER NOT NULL DEFAULT 0,
  "problem" TEXT,
  "wake_at" TIMESTAMPTZ(3),
  "tries" SMALLINT NOT NULL DEFAULT 0,

  CONSTRAINT "uploads_pkey" PRIMARY KEY ("tenant_id", "id")
);
CREATE INDEX "uploads_due" ON "uploads"("wake_at") WHERE (wake_at IS NOT NULL);

CREATE TABLE "upload_lines" (
  "tenant_id" UUID NOT NULL,
  "upload_id" UUID NOT NULL,
  "line" INTEGER NOT NULL,
  "text" TEXT NOT NULL,
  "query" TEXT,
  "state" "upload_line_state" NOT NULL,

  CONSTRAINT "upload_lines_pkey" PRIMARY KEY ("tenant_id", "upload_id", "line")
);

CREATE TABLE "upload_members" (
  "tenant_id" UUID NOT NULL,
  "upload_id" UUID NOT NULL,
  "profile_id" UUID NOT NULL,
  "seq" INTEGER NOT NULL,

  CONSTRAINT "upload_members_pkey" PRIMARY KEY ("tenant_id", "upload_id", "profile_id")
);
CREATE INDEX "upload_members_in_order" ON "upload_members"("tenant_id", "upload_id", "seq");

ALTER TABLE "upload_lines" ADD CONSTRAINT "upload_lines_tenant_id_upload_id_fkey"
  FOREIGN KEY ("tenant_id", "upload_id") REFERENCES "uploads"("tenant_id", "id") ON DELETE CASCADE ON UPDATE CASCADE;
ALTER TABLE "upload_members" ADD CONSTRAINT "upload_members_tenant_id_upload_id_fkey"
  FOREIGN KEY ("tenant_id", "upload_id") REFERENCES "uploads"("tenant_id", "id") ON DELETE CASCADE ON UPDATE CASCADE;

DO $$
DECLARE t text;
BEGIN
  FOREACH t IN ARRAY ARRAY['uploads', 'upload_lines', 'upload_members'] LOOP
    EXECUTE format('ALTER TABLE %I ENABLE ROW LEVEL SECURITY', t);
    EXECUTE format('ALTER TABLE %I FORCE ROW LEVEL SECURITY', t);
    EXECUTE format(
      'CREATE POLICY own_tenant ON %I USING (tenant_id = (SELECT nullif(current_setting(''app.tenant_id'', true), '''')::uuid))', t);
  END LOOP;
END $$;

GRANT SELECT, INSERT ON uploads, upload_lines TO secateur_web;
GRANT SELECT ON upload_members TO secateur_web;
GRANT SELECT, UPDATE, DELETE ON uploads TO secateur_worker;
GRANT SELECT, UPDATE, DELETE ON upload_lines TO secateur_worker;
GRANT SELECT, INSERT, DELETE ON upload_members TO secateur_worker;

-- Who is in a crowd, whether it was listed on a network or brought in a file. It asks as whoever asks it: of files, only those of
-- their own tenant are there.
CREATE VIEW crowd_members WITH (security_invoker = true) AS
  SELECT audience_id AS crowd_id, profile_id, seq FROM audience_members
  UNION ALL SELECT upload_id, profile_id, seq FROM upload_members;
GRANT SELECT ON crowd_members TO secateur_web, secateur_worker;

CREATE POLICY across_tenants ON uploads TO secateur_across USING (true);
GRANT SELECT, UPDATE ON uploads TO secateur_across;

SET LOCAL ROLE secateur_across;

-- Files whose job was lost, or whose network was away, or that nobody used. Each is given a minute before it is found again.
CREATE FUNCTION across.uploads_due(p_now timestamptz, p_limit int) RETURNS TABLE (tenant_id uuid, upload_id uuid)
  LANGUAGE sql SECURITY DEFINER SET search_path = public, pg_temp AS $$
  UPDATE uploads n SET wake_at = p_now + interval '1 minute'
  FROM (SELECT x.tenant_id, x.id FROM uploads x WHERE x.wake_at <= p_now
        ORDER BY x.wake_at LIMIT p_limit FOR UPDATE SKIP LOCKED) d
  WHERE n.tenant_id = d.tenant_id AND n.id = d.id
  RETURNING n.tenant_id, n.id
$$;
REVOKE ALL ON FUNCTION across.uploads_due FROM PUBLIC;
GRANT EXECUTE ON FUNCTION across.uploads_due TO secateur_worker;

RESET ROLE;
