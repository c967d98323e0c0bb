-- Roles are the cluster's, so they may be there already. Nobody who signs in owns a table or bypasses a policy.
DO $$
DECLARE r text;
BEGIN
  FOREACH r IN ARRAY ARRAY['secateur_owner NOLOGIN', 'secateur_across NOLOGIN', 'secateur_web LOGIN', 'secateur_worker LOGIN', 'secateur_queue LOGIN'] LOOP
    IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = split_part(r, ' ', 1)) THEN
      EXECUTE 'CREATE ROLE ' || r;
    END IF;
    EXECUTE format('GRANT %I TO CURRENT_USER WITH INHERIT TRUE, SET TRUE', split_part(r, ' ', 1));
  END LOOP;
END $$;

GRANT CREATE, USAGE ON SCHEMA public TO secateur_owner;
GRANT USAGE ON SCHEMA public TO secateur_web, secateur_worker, secateur_across;
CREATE SCHEMA across AUTHORIZATION secateur_across;
GRANT USAGE ON SCHEMA across TO secateur_web, secateur_worker;

SET LOCAL ROLE secateur_owner;

CREATE TYPE "source_kind" AS ENUM ('account', 'followers', 'following');

CREATE TYPE "audience_state" AS ENUM ('listing', 'complete', 'failed');

CREATE TYPE "actor_kind" AS ENUM ('member', 'system');

CREATE TYPE "network" AS ENUM ('bluesky', 'mastodon', 'x');

CREATE TYPE "action" AS ENUM ('block', 'mute');

CREATE TYPE "connection_state" AS ENUM ('connecting', 'ready', 'refused', 'revoked');

CREATE TYPE "reading_kind" AS ENUM ('people', 'blocks', 'mutes');

CREATE TYPE "effect_state" AS ENUM ('absent', 'pending', 'applying', 'applied', 'lifting', 'by_hand', 'undone', 'failed');

CREATE TYPE "shield_state" AS ENUM ('preview', 'gathering', 'acting', 'holding', 'lifting', 'ended', 'discarded');

CREATE TYPE "target_state" AS ENUM ('covering', 'spared', 'over');

CREATE TYPE "target_reason" AS ENUM ('yourself', 'you_follow', 'follows_you', 'mutual', 'allowed', 'protected', 'time_up', 'undone', 'undone_one', 'lifted_by_you', 'cancelled');

CREATE TYPE "role" AS ENUM ('owner', 'admin', 'helper', 'viewer');

CREATE TABLE "audiences" (
    "id" UUID NOT NULL,
    "network" "network" NOT NULL,
    "kind" "source_kind" NOT NULL,
    "subject_id" UUID NOT NULL,
    "state" "audience_state" NOT NULL,
    "cursor" TEXT,
    "size" INTEGER NOT NULL DEFAULT 0,
    "started_at" TIMESTAMPTZ(3) NOT NULL,
    "completed_at" TIMESTAMPTZ(3),
    "wake_at" TIMESTAMPTZ(3),
    "tries" SMALLINT NOT NULL DEFAULT 0,
    "problem" TEXT,

    CONSTRAINT "audiences_pkey" PRIMARY KEY ("id")
);

CREATE TABLE "audience_members" (
    "audience_id" UUID NOT NULL,
    "profile_id" UUID NOT NULL,
    "seq" INTEGER NOT NULL,

    CONSTRAINT "audience_members_pkey" PRIMARY KEY ("audience_id","profile_id")
) PARTITION BY HASH ("audience_id");

CREATE TABLE "audit" (
    "tenant_id" UUID NOT NULL,
    "id" UUID NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,
    "actor_kind" "actor_kind" NOT NULL,
    "actor_id" UUID,
    "action" TEXT NOT NULL,
    "subject_id" UUID,
    "count" INTEGER NOT NULL DEFAULT 0,
    "digest" BYTEA,

    CONSTRAINT "audit_pkey" PRIMARY KEY ("tenant_id","id")
);

CREATE TABLE "connections" (
    "tenant_id" UUID NOT NULL,
    "id" UUID NOT NULL,
    "network" "network" NOT NULL,
    "handle" TEXT NOT NULL,
    "account_id" UUID,
    "state" "connection_state" NOT NULL,
    "problem" TEXT,
    "sealed" BYTEA,
    "version" INTEGER NOT NULL DEFAULT 0,
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "confirmed_at" TIMESTAMPTZ(3),
    "wake_at" TIMESTAMPTZ(3),

    CONSTRAINT "connections_pkey" PRIMARY KEY ("tenant_id","id")
);

CREATE TABLE "network_accounts" (
    "tenant_id" UUID NOT NULL,
    "account_id" UUID NOT NULL,
    "connection_id" UUID NOT NULL,
    "wake_at" TIMESTAMPTZ(3),
    "waiting" TEXT,
    "tries" SMALLINT NOT NULL DEFAULT 0,
    "head" TEXT,
    "held_mark" TEXT,
    "last_key" TEXT,
    "epoch" INTEGER NOT NULL DEFAULT 0,
    "holder" UUID,
    "held_until" TIMESTAMPTZ(3),
    "poked" BOOLEAN NOT NULL DEFAULT false,
    "limited_until" TIMESTAMPTZ(3),

    CONSTRAINT "network_accounts_pkey" PRIMARY KEY ("tenant_id","account_id")
);

CREATE TABLE "readings" (
    "tenant_id" UUID NOT NULL,
    "account_id" UUID NOT NULL,
    "kind" "reading_kind" NOT NULL,
    "generation" INTEGER NOT NULL DEFAULT 0,
    "step" TEXT,
    "cursor" TEXT,
    "started_at" TIMESTAMPTZ(3),
    "read_at" TIMESTAMPTZ(3),
    "wake_at" TIMESTAMPTZ(3),
    "tries" SMALLINT NOT NULL DEFAULT 0,
    "problem" TEXT,

    CONSTRAINT "readings_pkey" PRIMARY KEY ("tenant_id","account_id","kind")
);

CREATE TABLE "held_by_hand" (
    "tenant_id" UUID NOT NULL,
    "account_id" UUID NOT NULL,
    "profile_id" UUID NOT NULL,
    "action" "action" NOT NULL,
    "key" TEXT NOT NULL,
    "generation" INTEGER NOT NULL,

    CONSTRAINT "held_by_hand_pkey" PRIMARY KEY ("tenant_id","account_id","profile_id","action","key")
);

CREATE TABLE "effects" (
    "tenant_id" UUID NOT NULL,
    "account_id" UUID NOT NULL,
    "profile_id" UUID NOT NULL,
    "action" "action" NOT NULL,
    "state" "effect_state" NOT NULL,
    "shield_id" UUID NOT NULL,
    "key" TEXT,
    "epoch" INTEGER NOT NULL DEFAULT 0,
    "rank" SMALLINT NOT NULL,
    "tries" SMALLINT NOT NULL DEFAULT 0,
    "resent" BOOLEAN NOT NULL DEFAULT false,
    "due_at" TIMESTAMPTZ(3),
    "confirmed_at" TIMESTAMPTZ(3),
    "problem" TEXT,

    CONSTRAINT "effects_pkey" PRIMARY KEY ("tenant_id","account_id","profile_id","action")
) PARTITION BY HASH ("account_id");

CREATE TABLE "budget_spends" (
    "scope" TEXT NOT NULL,
    "bucket" TIMESTAMPTZ(3) NOT NULL,
    "points" INTEGER NOT NULL,

    CONSTRAINT "budget_spends_pkey" PRIMARY KEY ("scope","bucket")
);

CREATE TABLE "events" (
    "tenant_id" UUID NOT NULL,
    "id" BIGSERIAL NOT NULL,
    "xid" BIGINT NOT NULL DEFAULT (pg_current_xact_id()::text)::bigint,
    "at" TIMESTAMPTZ(3) NOT NULL,
    "kind" TEXT NOT NULL,
    "subject_id" UUID NOT NULL,

    CONSTRAINT "events_pkey" PRIMARY KEY ("tenant_id","xid","id")
);

CREATE TABLE "exemptions" (
    "tenant_id" UUID NOT NULL,
    "profile_id" UUID NOT NULL,
    "added_by" UUID NOT NULL,
    "added_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "exemptions_pkey" PRIMARY KEY ("tenant_id","profile_id")
);

CREATE TABLE "people" (
    "tenant_id" UUID NOT NULL,
    "account_id" UUID NOT NULL,
    "profile_id" UUID NOT NULL,
    "follows" BOOLEAN NOT NULL,
    "followed_by" BOOLEAN NOT NULL,
    "follows_generation" INTEGER NOT NULL,
    "follower_generation" INTEGER NOT NULL,

    CONSTRAINT "people_pkey" PRIMARY KEY ("tenant_id","account_id","profile_id")
) PARTITION BY HASH ("account_id");

CREATE TABLE "profiles" (
    "id" UUID NOT NULL,
    "network" "network" NOT NULL,
    "native_id" TEXT NOT NULL,
    "handle" TEXT NOT NULL,
    "display_name" TEXT,
    "followers" INTEGER,
    "following" INTEGER,
    "seen_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "profiles_pkey" PRIMARY KEY ("id")
) PARTITION BY HASH ("id");

CREATE TABLE "quotas" (
    "tenant_id" UUID NOT NULL,
    "account_id" UUID NOT NULL,
    "level" DOUBLE PRECISION NOT NULL,
    "rate_per_day" INTEGER NOT NULL,
    "capacity" INTEGER NOT NULL,
    "refilled_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "quotas_pkey" PRIMARY KEY ("tenant_id","account_id")
);

CREATE TABLE "shields" (
    "tenant_id" UUID NOT NULL,
    "id" UUID NOT NULL,
    "created_by" UUID NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "state" "shield_state" NOT NULL,
    "action" "action" NOT NULL,
    "hold_seconds" INTEGER,
    "ends_at" TIMESTAMPTZ(3),
    "spare_follows" BOOLEAN NOT NULL,
    "spare_followers" BOOLEAN NOT NULL,
    "spare_mutuals" BOOLEAN NOT NULL,
    "raised_at" TIMESTAMPTZ(3),
    "planned_at" TIMESTAMPTZ(3),
    "paused_at" TIMESTAMPTZ(3),
    "cancelled_at" TIMESTAMPTZ(3),
    "undone_at" TIMESTAMPTZ(3),
    "ended_at" TIMESTAMPTZ(3),
    "problem" TEXT,
    "waiting" TEXT,
    "waiting_until" TIMESTAMPTZ(3),
    "wake_at" TIMESTAMPTZ(3),
    "tries" SMALLINT NOT NULL DEFAULT 0,

    CONSTRAINT "shields_pkey" PRIMARY KEY ("tenant_id","id")
);

CREATE TABLE "sources" (
    "tenant_id" UUID NOT NULL,
    "shield_id" UUID NOT NULL,
    "ordinal" SMALLINT NOT NULL,
    "kind" "source_kind" NOT NULL,
    "query" TEXT NOT NULL,
    "subject_id" UUID,
    "audience_id" UUID,
    "planned_to" INTEGER NOT NULL DEFAULT 0,

    CONSTRAINT "sources_pkey" PRIMARY KEY ("tenant_id","shield_id","ordinal")
);

CREATE TABLE "shield_connections" (
    "tenant_id" UUID NOT NULL,
    "shield_id" UUID NOT NULL,
    "connection_id" UUID NOT NULL,
    "account_id" UUID NOT NULL,
    "first_done_at" TIMESTAMPTZ(3),
    "last_done_at" TIMESTAMPTZ(3),
    "tokens_held" INTEGER NOT NULL DEFAULT 0,
    "tokens_charged" INTEGER NOT NULL DEFAULT 0,
    "total" INTEGER NOT NULL DEFAULT 0,
    "spared" INTEGER NOT NULL DEFAULT 0,
    "already" INTEGER NOT NULL DEFAULT 0,
    "pending" INTEGER NOT NULL DEFAULT 0,
    "done" INTEGER NOT NULL DEFAULT 0,
    "failed" INTEGER NOT NULL DEFAULT 0,
    "over" INTEGER NOT NULL DEFAULT 0,

    CONSTRAINT "shield_connections_pkey" PRIMARY KEY ("tenant_id","shield_id","account_id")
);

CREATE TABLE "targets" (
    "tenant_id" UUID NOT NULL,
    "account_id" UUID NOT NULL,
    "profile_id" UUID NOT NULL,
    "action" "action" NOT NULL,
    "shield_id" UUID NOT NULL,
    "state" "target_state" NOT NULL,
    "reason" "target_reason",
    "covered_at" TIMESTAMPTZ(3),

    CONSTRAINT "targets_pkey" PRIMARY KEY ("tenant_id","account_id","profile_id","action","shield_id")
) PARTITION BY HASH ("account_id");

CREATE TABLE "users" (
    "id" UUID NOT NULL DEFAULT uuidv7(),
    "name" TEXT,
    "email" TEXT NOT NULL,
    "email_verified" TIMESTAMPTZ(3),
    "image" TEXT,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "users_pkey" PRIMARY KEY ("id")
);

CREATE TABLE "identities" (
    "user_id" UUID NOT NULL,
    "type" TEXT NOT NULL,
    "provider" TEXT NOT NULL,
    "provider_account_id" TEXT NOT NULL,

    CONSTRAINT "identities_pkey" PRIMARY KEY ("provider","provider_account_id")
);

CREATE TABLE "sessions" (
    "session_token" TEXT NOT NULL,
    "user_id" UUID NOT NULL,
    "expires" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "sessions_pkey" PRIMARY KEY ("session_token")
);

CREATE TABLE "verification_tokens" (
    "identifier" TEXT NOT NULL,
    "token" TEXT NOT NULL,
    "expires" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "verification_tokens_pkey" PRIMARY KEY ("identifier","token")
);

CREATE TABLE "tenants" (
    "id" UUID NOT NULL,
    "name" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "tenants_pkey" PRIMARY KEY ("id")
);

CREATE TABLE "members" (
    "tenant_id" UUID NOT NULL,
    "user_id" UUID NOT NULL,
    "role" "role" NOT NULL,
    "joined_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "members_pkey" PRIMARY KEY ("tenant_id","user_id")
);

CREATE INDEX "audiences_by_subject" ON "audiences"("subject_id", "kind", "started_at");

CREATE INDEX "audiences_due" ON "audiences"("wake_at") WHERE (wake_at IS NOT NULL);

CREATE INDEX "audience_members_in_order" ON "audience_members"("audience_id", "seq");

CREATE INDEX "connections_due" ON "connections"("wake_at") WHERE (wake_at IS NOT NULL);

CREATE UNIQUE INDEX "connections_one_tenant_per_account" ON "connections"("account_id") WHERE (state IN ('ready', 'revoked'));

CREATE INDEX "network_accounts_due" ON "network_accounts"("wake_at") WHERE (wake_at IS NOT NULL);

CREATE INDEX "network_accounts_held" ON "network_accounts"("holder") WHERE (holder IS NOT NULL);

CREATE INDEX "readings_due" ON "readings"("wake_at") WHERE (wake_at IS NOT NULL);

CREATE INDEX "effects_to_apply" ON "effects"("account_id", "shield_id", "rank", "due_at") WHERE (state = 'pending');

CREATE INDEX "effects_to_lift" ON "effects"("account_id", "due_at") WHERE (state = 'applied' AND due_at IS NOT NULL);

CREATE INDEX "effects_in_flight" ON "effects"("account_id") WHERE (state IN ('applying', 'lifting'));

CREATE INDEX "events_by_transaction" ON "events"("xid");

CREATE INDEX "shields_newest" ON "shields"("tenant_id", "created_at");

CREATE INDEX "shields_due" ON "shields"("wake_at") WHERE (wake_at IS NOT NULL);

CREATE INDEX "sources_by_audience" ON "sources"("audience_id") WHERE (audience_id IS NOT NULL);

CREATE INDEX "shield_connections_by_account" ON "shield_connections"("tenant_id", "account_id");

CREATE INDEX "targets_by_shield" ON "targets"("tenant_id", "shield_id", "profile_id");

CREATE INDEX "targets_spared" ON "targets"("tenant_id", "shield_id", "profile_id") WHERE (state = 'spared');

CREATE UNIQUE INDEX "users_email_key" ON "users"("email");

CREATE INDEX "sessions_by_user" ON "sessions"("user_id");

CREATE INDEX "members_by_user" ON "members"("user_id");

ALTER TABLE "connections" ADD CONSTRAINT "connections_tenant_id_fkey" FOREIGN KEY ("tenant_id") REFERENCES "tenants"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

ALTER TABLE "shields" ADD CONSTRAINT "shields_tenant_id_fkey" FOREIGN KEY ("tenant_id") REFERENCES "tenants"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

ALTER TABLE "sources" ADD CONSTRAINT "sources_tenant_id_shield_id_fkey" FOREIGN KEY ("tenant_id", "shield_id") REFERENCES "shields"("tenant_id", "id") ON DELETE CASCADE ON UPDATE CASCADE;

ALTER TABLE "shield_connections" ADD CONSTRAINT "shield_connections_tenant_id_shield_id_fkey" FOREIGN KEY ("tenant_id", "shield_id") REFERENCES "shields"("tenant_id", "id") ON DELETE CASCADE ON UPDATE CASCADE;

ALTER TABLE "identities" ADD CONSTRAINT "identities_user_id_fkey" FOREIGN KEY ("user_id") REFERENCES "users"("id") ON DELETE CASCADE ON UPDATE CASCADE;

ALTER TABLE "sessions" ADD CONSTRAINT "sessions_user_id_fkey" FOREIGN KEY ("user_id") REFERENCES "users"("id") ON DELETE CASCADE ON UPDATE CASCADE;

ALTER TABLE "members" ADD CONSTRAINT "members_tenant_id_fkey" FOREIGN KEY ("tenant_id") REFERENCES "tenants"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

ALTER TABLE "members" ADD CONSTRAINT "members_user_id_fkey" FOREIGN KEY ("user_id") REFERENCES "users"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- Rows that will count hundreds of millions live in sixteen parts each.
DO $$
DECLARE t text;
BEGIN
  FOREACH t IN ARRAY ARRAY['effects', 'targets', 'people', 'profiles', 'audience_members'] LOOP
    FOR i IN 0..15 LOOP
      EXECUTE format('CREATE TABLE %I PARTITION OF %I FOR VALUES WITH (MODULUS 16, REMAINDER %s)', t || '_' || i, t, i);
    END LOOP;
  END LOOP;
END $$;

-- What is counted can't go below nothing.
ALTER TABLE quotas ADD CONSTRAINT quotas_never_overspent CHECK (level >= 0 AND level <= capacity AND rate_per_day >= 0);
ALTER TABLE shield_connections ADD CONSTRAINT shields_tokens_never_negative CHECK (tokens_held >= 0 AND tokens_charged >= 0);
ALTER TABLE shield_connections ADD CONSTRAINT shields_counts_never_negative
  CHECK (total >= 0 AND spared >= 0 AND already >= 0 AND pending >= 0 AND done >= 0 AND failed >= 0 AND over >= 0);
-- Intent first: nothing may be in flight or done on Bluesky without the key that makes it repeatable. Mutes have none.
ALTER TABLE effects ADD CONSTRAINT effects_key_before_write
  CHECK (action = 'mute' OR state NOT IN ('applying', 'applied', 'lifting') OR key IS NOT NULL);

-- One tenant never sees another: the policy is forced, so that not even the owner reads past it. A transaction without a
-- tenant sees nothing. What must look across tenants is a function of the role secateur_across (see below).
DO $$
DECLARE t record;
BEGIN
  FOR t IN
    SELECT c.relname, CASE WHEN c.relname = 'tenants' THEN 'id' ELSE 'tenant_id' END AS col
    FROM pg_class c
    WHERE c.relnamespace = 'public'::regnamespace AND c.relkind IN ('r', 'p')
      AND (c.relname = 'tenants' OR EXISTS (
        SELECT FROM pg_attribute a WHERE a.attrelid = c.oid AND a.attname = 'tenant_id' AND NOT a.attisdropped))
  LOOP
    EXECUTE format('ALTER TABLE %I ENABLE ROW LEVEL SECURITY', t.relname);
    EXECUTE format('ALTER TABLE %I FORCE ROW LEVEL SECURITY', t.relname);
    EXECUTE format(
      'CREATE POLICY own_tenant ON %I USING (%I = (SELECT nullif(current_setting(''app.tenant_id'', true), '''')::uuid))',
      t.relname, t.col);
  END LOOP;
END $$;

GRANT SELECT, INSERT, UPDATE, DELETE ON users, identities, sessions, verification_tokens TO secateur_web;
GRANT SELECT, INSERT ON tenants, members, audit, events TO secateur_web;
GRANT SELECT, INSERT, UPDATE ON connections, network_accounts, readings, shields, sources, shield_connections, targets, effects, quotas
  TO secateur_web;
GRANT SELECT, INSERT, DELETE ON exemptions TO secateur_web;
GRANT DELETE ON sources, shield_connections TO secateur_web;
GRANT SELECT ON people, held_by_hand, profiles, audiences, audience_members, budget_spends TO secateur_web;

GRANT SELECT ON tenants, exemptions TO secateur_worker;
GRANT SELECT, INSERT ON audit, events TO secateur_worker;
GRANT SELECT, INSERT, UPDATE, DELETE ON connections, network_accounts, readings, held_by_hand, people, profiles, audiences,
  audience_members, shields, sources, shield_connections, targets, effects, quotas, budget_spends TO secateur_worker;
GRANT USAGE ON SEQUENCE events_id_seq TO secateur_web, secateur_worker;
GRANT DELETE ON events TO secateur_worker;

-- The few questions that look across tenants. They return ids, never contents; whoever asks then enters each tenant by
-- the same door as everybody else.
CREATE POLICY across_tenants ON members FOR SELECT TO secateur_across USING (true);
CREATE POLICY across_tenants ON connections TO secateur_across USING (true);
CREATE POLICY across_tenants ON network_accounts TO secateur_across USING (true);
CREATE POLICY across_tenants ON readings TO secateur_across USING (true);
CREATE POLICY across_tenants ON shields TO secateur_across USING (true);
CREATE POLICY across_tenants ON sources FOR SELECT TO secateur_across USING (true);
CREATE POLICY across_tenants ON events TO secateur_across USING (true);
GRANT SELECT ON members, sources TO secateur_across;
GRANT SELECT, UPDATE ON connections, network_accounts, readings, shields, audiences TO secateur_across;
GRANT SELECT, DELETE ON events TO secateur_across;

SET LOCAL ROLE secateur_across;

CREATE FUNCTION across.tenants_of(p_user uuid) RETURNS TABLE (tenant_id uuid, role role)
  LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
  SELECT m.tenant_id, m.role FROM members m WHERE m.user_id = p_user ORDER BY m.joined_at
$$;

-- Everything whose time to be woken has come. Each row is put off by a minute, so that a lost job is made again then
-- and a waiting one is not made twice.
CREATE FUNCTION across.due(p_now timestamptz, p_limit int)
  RETURNS TABLE (kind text, tenant_id uuid, id uuid, detail text)
  LANGUAGE sql SECURITY DEFINER SET search_path = public, pg_temp AS $$
  WITH a AS (
    UPDATE network_accounts n SET wake_at = p_now + interval '1 minute'
    FROM (SELECT x.tenant_id, x.account_id FROM network_accounts x WHERE x.wake_at <= p_now
          ORDER BY x.wake_at LIMIT p_limit FOR UPDATE SKIP LOCKED) d
    WHERE n.tenant_id = d.tenant_id AND n.account_id = d.account_id
    RETURNING n.tenant_id, n.account_id
  ), s AS (
    UPDATE shields n SET wake_at = p_now + interval '1 minute'
    FROM (SELECT x.tenant_id, x.id FROM shields x WHERE x.wake_at <= p_now
          ORDER BY x.wake_at LIMIT p_limit FOR UPDATE SKIP LOCKED) d
    WHERE n.tenant_id = d.tenant_id AND n.id = d.id
    RETURNING n.tenant_id, n.id, n.state::text AS state
  ), r AS (
    UPDATE readings n SET wake_at = p_now + interval '1 minute'
    FROM (SELECT x.tenant_id, x.account_id, x.kind FROM readings x WHERE x.wake_at <= p_now
          ORDER BY x.wake_at LIMIT p_limit FOR UPDATE SKIP LOCKED) d
    WHERE n.tenant_id = d.tenant_id AND n.account_id = d.account_id AND n.kind = d.kind
    RETURNING n.tenant_id, n.account_id, n.kind::text AS kind
  ), c AS (
    UPDATE connections n SET wake_at = p_now + interval '1 minute'
    FROM (SELECT x.tenant_id, x.id FROM connections x WHERE x.wake_at <= p_now
          ORDER BY x.wake_at LIMIT p_limit FOR UPDATE SKIP LOCKED) d
    WHERE n.tenant_id = d.tenant_id AND n.id = d.id
    RETURNING n.tenant_id, n.id
  ), u AS (
    UPDATE audiences n SET wake_at = p_now + interval '1 minute'
    FROM (SELECT x.id FROM audiences x WHERE x.wake_at <= p_now
          ORDER BY x.wake_at LIMIT p_limit FOR UPDATE SKIP LOCKED) d
    WHERE n.id = d.id
    RETURNING n.id
  )
  SELECT 'account', a.tenant_id, a.account_id, NULL FROM a
  UNION ALL SELECT 'shield', s.tenant_id, s.id, s.state FROM s
  UNION ALL SELECT 'reading', r.tenant_id, r.account_id, r.kind FROM r
  UNION ALL SELECT 'connection', c.tenant_id, c.id, NULL FROM c
  UNION ALL SELECT 'audience', NULL, u.id, NULL FROM u
$$;

-- A member of the fleet is dead: whatever it held is free.
CREATE FUNCTION across.release(p_member uuid) RETURNS bigint
  LANGUAGE sql SECURITY DEFINER SET search_path = public, pg_temp AS $$
  WITH freed AS (
    UPDATE network_accounts SET holder = NULL, held_until = NULL WHERE holder = p_member RETURNING 1
  ) SELECT count(*) FROM freed
$$;

CREATE FUNCTION across.shields_on(p_audience uuid) RETURNS TABLE (tenant_id uuid, shield_id uuid, state shield_state)
  LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
  SELECT s.tenant_id, s.id, s.state FROM sources x JOIN shields s ON s.tenant_id = x.tenant_id AND s.id = x.shield_id
  WHERE x.audience_id = p_audience AND s.state IN ('preview', 'gathering')
$$;

-- Only what is below the oldest running transaction, so that a later look never finds something between.
CREATE FUNCTION across.events_since(p_xid bigint, p_limit int)
  RETURNS TABLE (tenant_id uuid, xid bigint, id bigint, kind text, subject_id uuid)
  LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
  SELECT e.tenant_id, e.xid, e.id, e.kind, e.subject_id FROM events e
  WHERE e.xid > p_xid AND e.xid < (pg_snapshot_xmin(pg_current_snapshot())::text)::bigint
  ORDER BY e.xid, e.id LIMIT p_limit
$$;

CREATE FUNCTION across.events_head() RETURNS bigint
  LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
  SELECT (pg_snapshot_xmin(pg_current_snapshot())::text)::bigint - 1
$$;

CREATE FUNCTION across.forget_events(p_before timestamptz) RETURNS bigint
  LANGUAGE sql SECURITY DEFINER SET search_path = public, pg_temp AS $$
  WITH gone AS (DELETE FROM events e WHERE e.at < p_before RETURNING 1) SELECT count(*) FROM gone
$$;

REVOKE ALL ON ALL FUNCTIONS IN SCHEMA across FROM PUBLIC;
GRANT EXECUTE ON FUNCTION across.tenants_of, across.events_since, across.events_head TO secateur_web;
GRANT EXECUTE ON FUNCTION across.due, across.shields_on, across.forget_events TO secateur_worker;
GRANT USAGE ON SCHEMA across TO secateur_queue;
GRANT EXECUTE ON FUNCTION across.release TO secateur_queue;
RESET ROLE;
