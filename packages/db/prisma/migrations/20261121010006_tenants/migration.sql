-- Several people in a tenant, several tenants of a person, and what a helper may do there.
CREATE TYPE "tenant_kind" AS ENUM ('personal', 'organisation');
CREATE TYPE "grant_verb" AS ENUM ('view', 'prepare', 'run', 'undo');

ALTER TABLE "tenants" ADD COLUMN "kind" "tenant_kind" NOT NULL DEFAULT 'personal',
  ADD COLUMN "wishes" TEXT NOT NULL DEFAULT '',
  ADD COLUMN "suspended_at" TIMESTAMPTZ(3);

ALTER TABLE "sessions" ADD COLUMN "acting_in" UUID;

CREATE TABLE "grants" (
  "tenant_id" UUID NOT NULL,
  "user_id" UUID NOT NULL,
  "connection_id" UUID NOT NULL,
  "verbs" "grant_verb"[],
  "granted_by" UUID NOT NULL,
  "granted_at" TIMESTAMPTZ(3) NOT NULL,
  "expires_at" TIMESTAMPTZ(3) NOT NULL,
  CONSTRAINT "grants_pkey" PRIMARY KEY ("tenant_id", "user_id", "connection_id")
);

CREATE TABLE "invitations" (
  "tenant_id" UUID NOT NULL,
  "id" UUID NOT NULL,
  "token_hash" BYTEA NOT NULL,
  "email" TEXT NOT NULL,
  "role" "role" NOT NULL,
  "connection_ids" UUID[],
  "verbs" "grant_verb"[],
  "grant_days" INTEGER,
  "invited_by" UUID NOT NULL,
  "invited_at" TIMESTAMPTZ(3) NOT NULL,
  "expires_at" TIMESTAMPTZ(3) NOT NULL,
  CONSTRAINT "invitations_pkey" PRIMARY KEY ("tenant_id", "id")
);

CREATE UNIQUE INDEX "invitations_by_token" ON "invitations"("token_hash");

ALTER TABLE "grants" ADD CONSTRAINT "grants_tenant_id_user_id_fkey" FOREIGN KEY ("tenant_id", "user_id")
  REFERENCES "members"("tenant_id", "user_id") ON DELETE CASCADE ON UPDATE CASCADE;
ALTER TABLE "grants" ADD CONSTRAINT "grants_tenant_id_connection_id_fkey" FOREIGN KEY ("tenant_id", "connection_id")
  REFERENCES "connections"("tenant_id", "id") ON DELETE CASCADE ON UPDATE CASCADE;

ALTER TABLE grants ENABLE ROW LEVEL SECURITY;
ALTER TABLE grants FORCE ROW LEVEL SECURITY;
CREATE POLICY own_tenant ON grants USING (tenant_id = (SELECT nullif(current_setting('app.tenant_id', true), '')::uuid));
ALTER TABLE invitations ENABLE ROW LEVEL SECURITY;
ALTER TABLE invitations FORCE ROW LEVEL SECURITY;
CREATE POLICY own_tenant ON invitations USING (tenant_id = (SELECT nullif(current_setting('app.tenant_id', true), '')::uuid));

-- Whoever removes members must not be able to give a tenant to somebody else behind the verbs' back, so a tenant's own
-- id and a member's identity never change: only these columns do.
GRANT UPDATE (name, wishes) ON tenants TO secateur_web;
GRANT UPDATE (role), DELETE ON members TO secateur_web;
GRANT SELECT, INSERT, UPDATE, DELETE ON grants TO secateur_web;
GRANT SELECT, INSERT, DELETE ON invitations TO secateur_web;

CREATE POLICY across_tenants ON tenants FOR SELECT TO secateur_across USING (true);
CREATE POLICY across_tenants ON invitations FOR SELECT TO secateur_across USING (true);
GRANT SELECT ON tenants, invitations TO secateur_across;

SET LOCAL ROLE secateur_across;

DROP FUNCTION across.tenants_of(uuid);
CREATE FUNCTION across.tenants_of(p_user uuid)
  RETURNS TABLE (tenant_id uuid, role role, kind tenant_kind, name text, suspended boolean)
  LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
  SELECT m.tenant_id, m.role, t.kind, t.name, t.suspended_at IS NOT NULL
  FROM members m JOIN tenants t ON t.id = m.tenant_id
  WHERE m.user_id = p_user ORDER BY m.joined_at, m.tenant_id
$$;

-- Who holds a token learns where it leads, and nothing else.
CREATE FUNCTION across.invitation(p_token_hash bytea) RETURNS TABLE (tenant_id uuid, id uuid)
  LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
  SELECT i.tenant_id, i.id FROM invitations i WHERE i.token_hash = p_token_hash
$$;

REVOKE ALL ON FUNCTION across.tenants_of, across.invitation FROM PUBLIC;
GRANT EXECUTE ON FUNCTION across.tenants_of, across.invitation TO secateur_web;
RESET ROLE;
