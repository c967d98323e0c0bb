-- Sessions that can be listed and ended one by one, passkeys, recovery codes, a second contact, and what waits a day.
CREATE TYPE "session_how" AS ENUM ('mail', 'passkey', 'recovery', 'bluesky');
CREATE TYPE "challenge_purpose" AS ENUM ('register', 'sign_in', 'second', 'step_up');
CREATE TYPE "mail_link_kind" AS ENUM ('step_up', 'second_contact', 'new_address', 'restore_address');
CREATE TYPE "pending_state" AS ENUM ('waiting', 'done', 'cancelled');

-- What is known of a session is known from its beginning: those from before say nothing of it, so they end here.
DELETE FROM sessions;
ALTER TABLE "sessions" ADD COLUMN "id" UUID NOT NULL DEFAULT uuidv7(),
  ADD COLUMN "how" "session_how" NOT NULL,
  ADD COLUMN "browser" TEXT NOT NULL,
  ADD COLUMN "system" TEXT NOT NULL,
  ADD COLUMN "created_at" TIMESTAMPTZ(3) NOT NULL,
  ADD COLUMN "last_seen_at" TIMESTAMPTZ(3) NOT NULL,
  ADD COLUMN "proven_at" TIMESTAMPTZ(3) NOT NULL,
  ADD COLUMN "verified_at" TIMESTAMPTZ(3);
CREATE UNIQUE INDEX "sessions_id_key" ON "sessions"("id");

ALTER TABLE "users" ADD COLUMN "passkey_alone" BOOLEAN NOT NULL DEFAULT false;

CREATE TABLE "devices" (
  "user_id" UUID NOT NULL,
  "token_hash" BYTEA NOT NULL,
  "first_seen_at" TIMESTAMPTZ(3) NOT NULL,
  "last_seen_at" TIMESTAMPTZ(3) NOT NULL,
  CONSTRAINT "devices_pkey" PRIMARY KEY ("user_id", "token_hash")
);

CREATE TABLE "passkeys" (
  "id" UUID NOT NULL DEFAULT uuidv7(),
  "user_id" UUID NOT NULL,
  "credential_id" TEXT NOT NULL,
  "public_key" BYTEA NOT NULL,
  "counter" BIGINT NOT NULL,
  "transports" TEXT[],
  "backed_up" BOOLEAN NOT NULL,
  "name" TEXT NOT NULL,
  "created_at" TIMESTAMPTZ(3) NOT NULL,
  "last_used_at" TIMESTAMPTZ(3),
  CONSTRAINT "passkeys_pkey" PRIMARY KEY ("id")
);
CREATE UNIQUE INDEX "passkeys_credential_id_key" ON "passkeys"("credential_id");
CREATE INDEX "passkeys_by_user" ON "passkeys"("user_id");

CREATE TABLE "challenges" (
  "challenge_hash" BYTEA NOT NULL,
  "purpose" "challenge_purpose" NOT NULL,
  "user_id" UUID,
  "browser_hash" BYTEA NOT NULL,
  "expires" TIMESTAMPTZ(3) NOT NULL,
  CONSTRAINT "challenges_pkey" PRIMARY KEY ("challenge_hash")
);

CREATE TABLE "half_sign_ins" (
  "token_hash" BYTEA NOT NULL,
  "user_id" UUID NOT NULL,
  "how" "session_how" NOT NULL,
  "expires" TIMESTAMPTZ(3) NOT NULL,
  CONSTRAINT "half_sign_ins_pkey" PRIMARY KEY ("token_hash")
);

CREATE TABLE "recovery_codes" (
  "user_id" UUID NOT NULL,
  "code_hash" BYTEA NOT NULL,
  "made_at" TIMESTAMPTZ(3) NOT NULL,
  "used_at" TIMESTAMPTZ(3),
  CONSTRAINT "recovery_codes_pkey" PRIMARY KEY ("user_id", "code_hash")
);

CREATE TABLE "recovery_tries" (
  "user_id" UUID NOT NULL,
  "since" TIMESTAMPTZ(3) NOT NULL,
  "count" INTEGER NOT NULL,
  CONSTRAINT "recovery_tries_pkey" PRIMARY KEY ("user_id")
);

CREATE TABLE "second_contacts" (
  "user_id" UUID NOT NULL,
  "email" TEXT NOT NULL,
  "verified_at" TIMESTAMPTZ(3) NOT NULL,
  CONSTRAINT "second_contacts_pkey" PRIMARY KEY ("user_id")
);

CREATE TABLE "mail_links" (
  "token_hash" BYTEA NOT NULL,
  "kind" "mail_link_kind" NOT NULL,
  "user_id" UUID NOT NULL,
  "email" TEXT,
  "doing" TEXT,
  "acting_in" UUID,
  "session_id" UUID,
  "sent_at" TIMESTAMPTZ(3) NOT NULL,
  "expires" TIMESTAMPTZ(3) NOT NULL,
  CONSTRAINT "mail_links_pkey" PRIMARY KEY ("token_hash")
);
CREATE INDEX "mail_links_by_user" ON "mail_links"("user_id", "kind");

CREATE TABLE "pending_actions" (
  "tenant_id" UUID NOT NULL,
  "id" UUID NOT NULL,
  "user_id" UUID NOT NULL,
  "kind" TEXT NOT NULL,
  "state" "pending_state" NOT NULL,
  "requested_at" TIMESTAMPTZ(3) NOT NULL,
  "ready_at" TIMESTAMPTZ(3) NOT NULL,
  "expires_at" TIMESTAMPTZ(3) NOT NULL,
  "cancel_hash" BYTEA NOT NULL,
  CONSTRAINT "pending_actions_pkey" PRIMARY KEY ("tenant_id", "id")
);
CREATE UNIQUE INDEX "pending_actions_by_token" ON "pending_actions"("cancel_hash");

ALTER TABLE "devices" ADD CONSTRAINT "devices_user_id_fkey" FOREIGN KEY ("user_id")
  REFERENCES "users"("id") ON DELETE CASCADE ON UPDATE CASCADE;
ALTER TABLE "passkeys" ADD CONSTRAINT "passkeys_user_id_fkey" FOREIGN KEY ("user_id")
  REFERENCES "users"("id") ON DELETE CASCADE ON UPDATE CASCADE;
ALTER TABLE "recovery_codes" ADD CONSTRAINT "recovery_codes_user_id_fkey" FOREIGN KEY ("user_id")
  REFERENCES "users"("id") ON DELETE CASCADE ON UPDATE CASCADE;
ALTER TABLE "second_contacts" ADD CONSTRAINT "second_contacts_user_id_fkey" FOREIGN KEY ("user_id")
  REFERENCES "users"("id") ON DELETE CASCADE ON UPDATE CASCADE;

ALTER TABLE pending_actions ENABLE ROW LEVEL SECURITY;
ALTER TABLE pending_actions FORCE ROW LEVEL SECURITY;
CREATE POLICY own_tenant ON pending_actions USING (tenant_id = (SELECT nullif(current_setting('app.tenant_id', true), '')::uuid));
CREATE POLICY across_tenants ON pending_actions FOR SELECT TO secateur_across USING (true);

GRANT SELECT, INSERT, UPDATE, DELETE ON devices, passkeys, challenges, half_sign_ins, recovery_codes, recovery_tries,
  second_contacts, mail_links TO secateur_web;
-- Nobody makes a wait shorter or turns it into another one: only how it went changes.
GRANT SELECT, INSERT, UPDATE (state) ON pending_actions TO secateur_web;
GRANT SELECT ON pending_actions TO secateur_across;

SET LOCAL ROLE secateur_across;

-- Who holds a token learns which wait it stops, and nothing else.
CREATE FUNCTION across.pending_action(p_cancel_hash bytea) RETURNS TABLE (tenant_id uuid, id uuid)
  LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
  SELECT p.tenant_id, p.id FROM pending_actions p WHERE p.cancel_hash = p_cancel_hash
$$;

REVOKE ALL ON FUNCTION across.pending_action FROM PUBLIC;
GRANT EXECUTE ON FUNCTION across.pending_action TO secateur_web;
RESET ROLE;
