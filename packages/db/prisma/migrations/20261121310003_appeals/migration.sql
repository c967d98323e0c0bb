-- What people who feel caught by mistake write, and how it reaches whoever shares a list that they are on.
SET LOCAL ROLE secateur_owner;

CREATE TYPE "appeal_reason" AS ENUM ('taken_for', 'by_chance', 'against', 'other');

ALTER TABLE "shared_lists" ADD COLUMN "hears" BOOLEAN NOT NULL DEFAULT true;

-- Whose lists somebody is on is asked for each appeal.
CREATE INDEX "shared_members_by_profile" ON "shared_members"("profile_id");

-- On its way: belongs to no tenant, and to all who ask the same happens, whether anything comes of it or not.
CREATE TABLE "written_appeals" (
  "id" UUID NOT NULL,
  "network" "network" NOT NULL,
  "account" TEXT NOT NULL,
  "reason" "appeal_reason" NOT NULL,
  "words" TEXT,
  "written_at" TIMESTAMPTZ(3) NOT NULL,
  "wake_at" TIMESTAMPTZ(3) NOT NULL,

  CONSTRAINT "written_appeals_pkey" PRIMARY KEY ("id")
);
CREATE INDEX "written_appeals_due" ON "written_appeals"("wake_at");

CREATE TABLE "appeals" (
  "tenant_id" UUID NOT NULL,
  "id" UUID NOT NULL,
  "list_id" UUID NOT NULL,
  "profile_id" UUID NOT NULL,
  "reason" "appeal_reason" NOT NULL,
  "words" TEXT,
  "came_at" TIMESTAMPTZ(3) NOT NULL,
  "answered_at" TIMESTAMPTZ(3),

  CONSTRAINT "appeals_pkey" PRIMARY KEY ("tenant_id", "id")
);
CREATE UNIQUE INDEX "appeals_once" ON "appeals"("tenant_id", "list_id", "profile_id");
ALTER TABLE "appeals" ADD CONSTRAINT "appeals_tenant_id_list_id_profile_id_fkey"
  FOREIGN KEY ("tenant_id", "list_id", "profile_id") REFERENCES "shared_members"("tenant_id", "list_id", "profile_id")
  ON DELETE CASCADE ON UPDATE CASCADE;
ALTER TABLE "appeals" ENABLE ROW LEVEL SECURITY;
ALTER TABLE "appeals" FORCE ROW LEVEL SECURITY;
CREATE POLICY own_tenant ON "appeals"
  USING (tenant_id = (SELECT nullif(current_setting('app.tenant_id', true), '')::uuid));

-- The web app can't even read back what was written.
GRANT INSERT ON written_appeals TO secateur_web;
GRANT SELECT, UPDATE, DELETE ON written_appeals TO secateur_worker;
GRANT SELECT, UPDATE, DELETE ON appeals TO secateur_web;
GRANT SELECT, INSERT, UPDATE, DELETE ON appeals TO secateur_worker;

CREATE POLICY across_tenants ON appeals FOR SELECT TO secateur_across USING (true);
GRANT SELECT ON appeals TO secateur_across;

SET LOCAL ROLE secateur_across;

-- Lists that these are on and whose authors hear appeals, but for those that heard of them before, or hear of many already.
CREATE FUNCTION across.appealed_lists(p_profiles uuid[], p_since timestamptz, p_most int, p_limit int)
  RETURNS TABLE (tenant_id uuid, list_id uuid, profile_id uuid)
  LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
  SELECT m.tenant_id, m.list_id, m.profile_id
  FROM shared_members m JOIN shared_lists l ON l.tenant_id = m.tenant_id AND l.id = m.list_id
  WHERE m.profile_id = ANY(p_profiles) AND NOT m.taken_off AND l.ended_at IS NULL AND l.hears
    AND NOT EXISTS (SELECT FROM appeals a WHERE a.tenant_id = m.tenant_id AND a.list_id = m.list_id
                      AND a.profile_id = m.profile_id AND (a.answered_at IS NOT NULL OR a.came_at > p_since))
    AND (SELECT count(*) FROM appeals a WHERE a.tenant_id = m.tenant_id AND a.list_id = m.list_id
           AND a.answered_at IS NULL AND a.came_at > p_since) < p_most
  ORDER BY m.tenant_id, m.list_id, m.profile_id LIMIT p_limit
$$;
REVOKE ALL ON FUNCTION across.appealed_lists FROM PUBLIC;
GRANT EXECUTE ON FUNCTION across.appealed_lists TO secateur_worker;
RESET ROLE;
