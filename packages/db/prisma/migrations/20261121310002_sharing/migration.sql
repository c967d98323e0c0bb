-- Lists of shields that tenants let others use by a link, and those that they took from others.
SET LOCAL ROLE secateur_owner;

CREATE TYPE "subscription_mode" AS ENUM ('follow', 'freeze');

CREATE TABLE "shared_lists" (
  "tenant_id" UUID NOT NULL,
  "id" UUID NOT NULL,
  "shield_id" UUID NOT NULL,
  "network" "network" NOT NULL,
  "title" TEXT NOT NULL,
  "token_hash" BYTEA NOT NULL,
  "published_by" UUID NOT NULL,
  "published_at" TIMESTAMPTZ(3) NOT NULL,
  "ended_at" TIMESTAMPTZ(3),
  "filled" BOOLEAN NOT NULL DEFAULT false,
  "change" INTEGER NOT NULL DEFAULT 0,
  "size" INTEGER NOT NULL DEFAULT 0,
  "counted" INTEGER NOT NULL DEFAULT -1,
  "wake_at" TIMESTAMPTZ(3),

  CONSTRAINT "shared_lists_pkey" PRIMARY KEY ("tenant_id", "id")
);
CREATE UNIQUE INDEX "shared_lists_by_token" ON "shared_lists"("token_hash");
CREATE INDEX "shared_lists_due" ON "shared_lists"("wake_at") WHERE (wake_at IS NOT NULL);

CREATE TABLE "shared_members" (
  "tenant_id" UUID NOT NULL,
  "list_id" UUID NOT NULL,
  "profile_id" UUID NOT NULL,
  "change" INTEGER NOT NULL,
  "taken_off" BOOLEAN NOT NULL DEFAULT false,

  CONSTRAINT "shared_members_pkey" PRIMARY KEY ("tenant_id", "list_id", "profile_id")
);
CREATE INDEX "shared_members_by_change" ON "shared_members"("tenant_id", "list_id", "change", "profile_id");
ALTER TABLE "shared_members" ADD CONSTRAINT "shared_members_tenant_id_list_id_fkey"
  FOREIGN KEY ("tenant_id", "list_id") REFERENCES "shared_lists"("tenant_id", "id") ON DELETE CASCADE ON UPDATE CASCADE;

CREATE TABLE "subscriptions" (
  "tenant_id" UUID NOT NULL,
  "id" UUID NOT NULL,
  "network" "network" NOT NULL,
  "title" TEXT NOT NULL,
  "token_hash" BYTEA NOT NULL,
  "mode" "subscription_mode" NOT NULL,
  "subscribed_by" UUID NOT NULL,
  "subscribed_at" TIMESTAMPTZ(3) NOT NULL,
  "read_change" INTEGER NOT NULL DEFAULT 0,
  "read_profile" UUID NOT NULL DEFAULT '00000000-0000-0000-0000-000000000000'::uuid,
  "forgiven_to" INTEGER NOT NULL DEFAULT 0,
  "asked" INTEGER NOT NULL DEFAULT 0,
  "asked_change" INTEGER NOT NULL DEFAULT 0,
  "allowed_change" INTEGER NOT NULL DEFAULT 0,
  "unasked" INTEGER NOT NULL DEFAULT 0,
  "added" INTEGER NOT NULL DEFAULT 0,
  "forgiven" INTEGER NOT NULL DEFAULT 0,
  "changed_at" TIMESTAMPTZ(3),
  "ended_at" TIMESTAMPTZ(3),
  "wake_at" TIMESTAMPTZ(3),

  CONSTRAINT "subscriptions_pkey" PRIMARY KEY ("tenant_id", "id")
);
CREATE INDEX "subscriptions_by_token" ON "subscriptions"("token_hash");
CREATE INDEX "subscriptions_due" ON "subscriptions"("wake_at") WHERE (wake_at IS NOT NULL);

DO $$
DECLARE t text;
BEGIN
  FOREACH t IN ARRAY ARRAY['shared_lists', 'shared_members', 'subscriptions'] LOOP
    EXECUTE format('ALTER TABLE %I ENABLE ROW LEVEL SECURITY', t);
    EXECUTE format('ALTER TABLE %I FORCE ROW LEVEL SECURITY', t);
    EXECUTE format(
      'CREATE POLICY own_tenant ON %I USING (tenant_id = (SELECT nullif(current_setting(''app.tenant_id'', true), '''')::uuid))', t);
  END LOOP;
END $$;

GRANT SELECT, INSERT, UPDATE ON shared_lists, subscriptions TO secateur_web;
GRANT SELECT, UPDATE ON shared_members TO secateur_web;
GRANT SELECT, UPDATE, DELETE ON shared_lists, subscriptions TO secateur_worker;
GRANT SELECT, INSERT, UPDATE, DELETE ON shared_members TO secateur_worker;

CREATE POLICY across_tenants ON shared_lists TO secateur_across USING (true);
CREATE POLICY across_tenants ON shared_members FOR SELECT TO secateur_across USING (true);
CREATE POLICY across_tenants ON subscriptions TO secateur_across USING (true);
GRANT SELECT, UPDATE ON shared_lists, subscriptions TO secateur_across;
GRANT SELECT ON shared_members TO secateur_across;

SET LOCAL ROLE secateur_across;

-- What who holds a link learns of a list: not whose it is, nor of which shield.
CREATE FUNCTION across.shared_list(p_hash bytea)
  RETURNS TABLE (title text, network network, size int, change int, filled boolean)
  LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
  SELECT l.title, l.network, l.size, l.change, l.filled FROM shared_lists l
  WHERE l.token_hash = p_hash AND l.ended_at IS NULL
$$;

-- Who came onto it after this row, a page at a time.
CREATE FUNCTION across.shared_added(p_hash bytea, p_change int, p_profile uuid, p_limit int)
  RETURNS TABLE (profile_id uuid, change int)
  LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
  SELECT m.profile_id, m.change FROM shared_lists l
  JOIN shared_members m ON m.tenant_id = l.tenant_id AND m.list_id = l.id
  WHERE l.token_hash = p_hash AND l.ended_at IS NULL AND NOT m.taken_off AND (m.change, m.profile_id) > (p_change, p_profile)
  ORDER BY m.change, m.profile_id LIMIT p_limit
$$;

-- Who was taken off it after this change, a page at a time. A change takes off one.
CREATE FUNCTION across.shared_forgiven(p_hash bytea, p_change int, p_limit int)
  RETURNS TABLE (profile_id uuid, change int)
  LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
  SELECT m.profile_id, m.change FROM shared_lists l
  JOIN shared_members m ON m.tenant_id = l.tenant_id AND m.list_id = l.id
  WHERE l.token_hash = p_hash AND l.ended_at IS NULL AND m.taken_off AND m.change > p_change
  ORDER BY m.change LIMIT p_limit
$$;

-- A list has changed, or is over: whoever follows it looks. Says nothing, not even whether anybody does.
CREATE FUNCTION across.wake_subscriptions(p_hash bytea, p_now timestamptz) RETURNS void
  LANGUAGE sql SECURITY DEFINER SET search_path = public, pg_temp AS $$
  UPDATE subscriptions s SET wake_at = p_now
  WHERE s.token_hash = p_hash AND s.ended_at IS NULL AND s.wake_at > p_now
$$;

-- Those whose time has come. Each is given a minute before it is found again.
CREATE FUNCTION across.shared_due(p_now timestamptz, p_limit int) RETURNS TABLE (kind text, tenant_id uuid, id uuid)
  LANGUAGE sql SECURITY DEFINER SET search_path = public, pg_temp AS $$
  WITH l AS (
    UPDATE shared_lists n SET wake_at = p_now + interval '1 minute'
    FROM (SELECT x.tenant_id, x.id FROM shared_lists x WHERE x.wake_at <= p_now
          ORDER BY x.wake_at LIMIT p_limit FOR UPDATE SKIP LOCKED) d
    WHERE n.tenant_id = d.tenant_id AND n.id = d.id
    RETURNING n.tenant_id, n.id
  ), s AS (
    UPDATE subscriptions n SET wake_at = p_now + interval '1 minute'
    FROM (SELECT x.tenant_id, x.id FROM subscriptions x WHERE x.wake_at <= p_now
          ORDER BY x.wake_at LIMIT p_limit FOR UPDATE SKIP LOCKED) d
    WHERE n.tenant_id = d.tenant_id AND n.id = d.id
    RETURNING n.tenant_id, n.id
  )
  SELECT 'list', l.tenant_id, l.id FROM l
  UNION ALL SELECT 'subscription', s.tenant_id, s.id FROM s
$$;

REVOKE ALL ON FUNCTION across.shared_list, across.shared_added, across.shared_forgiven, across.wake_subscriptions,
  across.shared_due FROM PUBLIC;
GRANT EXECUTE ON FUNCTION across.shared_list, across.wake_subscriptions TO secateur_web, secateur_worker;
GRANT EXECUTE ON FUNCTION across.shared_added, across.shared_forgiven, across.shared_due TO secateur_worker;
RESET ROLE;
