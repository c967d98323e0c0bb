-- The trail: a deterministic order for audit rows, digests in the place of what names a person, and the chain over them.
SET LOCAL ROLE secateur_owner;

ALTER TYPE "actor_kind" ADD VALUE 'helper' BEFORE 'system';
ALTER TYPE "actor_kind" ADD VALUE 'operator' BEFORE 'system';

ALTER TABLE "audit"
  ADD COLUMN "xid" BIGINT NOT NULL DEFAULT (pg_current_xact_id()::text)::bigint,
  ADD COLUMN "actor_salt" BYTEA,
  ADD COLUMN "actor_digest" BYTEA,
  ADD COLUMN "subject_salt" BYTEA,
  ADD COLUMN "subject_digest" BYTEA;

-- What was written before gets its digests now; the policy would hide it even from the owner.
ALTER TABLE audit NO FORCE ROW LEVEL SECURITY;
UPDATE audit SET
  actor_salt = CASE WHEN actor_id IS NOT NULL THEN uuid_send(gen_random_uuid()) END,
  subject_salt = CASE WHEN subject_id IS NOT NULL AND split_part(action, '.', 1) IN ('exemption', 'effects')
                      THEN uuid_send(gen_random_uuid()) END;
UPDATE audit SET
  actor_digest = sha256(actor_salt || uuid_send(actor_id)),
  subject_digest = sha256(subject_salt || uuid_send(subject_id));
ALTER TABLE audit FORCE ROW LEVEL SECURITY;

ALTER TABLE "audit" DROP CONSTRAINT "audit_pkey";
ALTER TABLE "audit" ADD CONSTRAINT "audit_pkey" PRIMARY KEY ("tenant_id", "xid", "id");
CREATE INDEX "audit_by_transaction" ON "audit"("xid");

CREATE TABLE "audit_links" (
    "tenant_id" UUID NOT NULL,
    "seq" INTEGER NOT NULL,
    "entry" BIGINT NOT NULL,
    "upto_xid" BIGINT NOT NULL,
    "rows" INTEGER NOT NULL,
    "digest" BYTEA NOT NULL,
    "mac" BYTEA NOT NULL,
    "closed_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "audit_links_pkey" PRIMARY KEY ("tenant_id","seq")
);
CREATE INDEX "audit_links_by_entry" ON "audit_links"("entry");

CREATE TABLE "audit_erasures" (
    "tenant_id" UUID NOT NULL,
    "row_id" UUID NOT NULL,
    "field" TEXT NOT NULL,
    "erasure_id" UUID NOT NULL,

    CONSTRAINT "audit_erasures_pkey" PRIMARY KEY ("tenant_id","row_id","field")
);

CREATE TABLE "audit_closing" (
    "one" BOOLEAN NOT NULL DEFAULT true,
    "run" UUID NOT NULL,
    "entry" BIGINT NOT NULL DEFAULT 0,
    "closed" BIGINT NOT NULL DEFAULT -1,

    CONSTRAINT "audit_closing_pkey" PRIMARY KEY ("one")
);
ALTER TABLE audit_closing ADD CONSTRAINT audit_closing_is_one CHECK (one);
INSERT INTO audit_closing (run) VALUES (gen_random_uuid());

ALTER TABLE audit_links ENABLE ROW LEVEL SECURITY;
ALTER TABLE audit_links FORCE ROW LEVEL SECURITY;
CREATE POLICY own_tenant ON audit_links USING (tenant_id = (SELECT nullif(current_setting('app.tenant_id', true), '')::uuid));
ALTER TABLE audit_erasures ENABLE ROW LEVEL SECURITY;
ALTER TABLE audit_erasures FORCE ROW LEVEL SECURITY;
CREATE POLICY own_tenant ON audit_erasures USING (tenant_id = (SELECT nullif(current_setting('app.tenant_id', true), '')::uuid));

-- Nobody who signs in chooses a row's place in the order: xid is not among what they may write.
REVOKE INSERT ON audit FROM secateur_web, secateur_worker;
GRANT INSERT (tenant_id, id, at, actor_kind, actor_id, actor_salt, actor_digest, action, subject_id, subject_salt,
              subject_digest, count, digest) ON audit TO secateur_web, secateur_worker;
GRANT SELECT, INSERT ON audit_links TO secateur_worker;
GRANT SELECT ON audit_erasures TO secateur_worker;
GRANT SELECT, UPDATE ON audit_closing TO secateur_worker;

CREATE POLICY across_tenants ON audit TO secateur_across USING (true);
CREATE POLICY across_tenants ON audit_links FOR SELECT TO secateur_across USING (true);
CREATE POLICY across_tenants ON audit_erasures TO secateur_across USING (true);
GRANT SELECT ON audit, audit_links TO secateur_across;
GRANT UPDATE (actor_id, actor_salt, subject_id, subject_salt) ON audit TO secateur_across;
GRANT SELECT, INSERT ON audit_erasures TO secateur_across;

SET LOCAL ROLE secateur_across;

-- Tenants with rows that no link of theirs covers yet.
CREATE FUNCTION across.audit_waiting(p_low bigint, p_upto bigint, p_limit int) RETURNS TABLE (tenant_id uuid)
  LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
  SELECT t.tenant_id FROM (
    SELECT a.tenant_id, max(a.xid) AS newest FROM audit a WHERE a.xid > p_low AND a.xid <= p_upto GROUP BY a.tenant_id
  ) t
  WHERE t.newest > coalesce(
    (SELECT l.upto_xid FROM audit_links l WHERE l.tenant_id = t.tenant_id ORDER BY l.seq DESC LIMIT 1),
    t.newest - 1)
  ORDER BY t.tenant_id LIMIT p_limit
$$;

CREATE FUNCTION across.audit_last_entry() RETURNS bigint
  LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
  SELECT coalesce(max(l.entry), 0) FROM audit_links l
$$;

-- The links of these entries, for comparing them with the anchor.
CREATE FUNCTION across.audit_links_of(p_from bigint, p_to bigint)
  RETURNS TABLE (tenant_id uuid, seq int, entry bigint, upto_xid bigint, rows int, mac bytea, closed_at timestamptz)
  LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp ROWS 200 AS $$
  SELECT l.tenant_id, l.seq, l.entry, l.upto_xid, l.rows, l.mac, l.closed_at
  FROM audit_links l WHERE l.entry BETWEEN p_from AND p_to ORDER BY l.entry, l.tenant_id, l.seq
$$;

-- The next tenant in order that has rows or links; null when there is none.
CREATE FUNCTION across.audit_tenant_after(p_after uuid) RETURNS uuid
  LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
  SELECT least(
    (SELECT a.tenant_id FROM audit a WHERE a.tenant_id > p_after ORDER BY a.tenant_id LIMIT 1),
    (SELECT l.tenant_id FROM audit_links l WHERE l.tenant_id > p_after ORDER BY l.tenant_id LIMIT 1))
$$;

-- The only way in which anything of an audit row changes: what names a person (everybody, when null) goes out of the
-- caller's tenant's rows, and a ledger says from which. Returns how many fields and the ledger's digest.
CREATE FUNCTION across.audit_erase(p_person uuid, p_erasure uuid, p_limit int) RETURNS TABLE (fields int, digest bytea)
  LANGUAGE sql SECURITY DEFINER SET search_path = public, pg_temp AS $$
  WITH found AS (
    SELECT a.tenant_id, a.xid, a.id,
           a.actor_digest IS NOT NULL AND a.actor_id IS NOT NULL AND (p_person IS NULL OR a.actor_id = p_person) AS actor,
           a.subject_digest IS NOT NULL AND a.subject_id IS NOT NULL AND (p_person IS NULL OR a.subject_id = p_person) AS subject
    FROM audit a
    WHERE a.tenant_id = nullif(current_setting('app.tenant_id', true), '')::uuid
      AND ((a.actor_digest IS NOT NULL AND a.actor_id IS NOT NULL AND (p_person IS NULL OR a.actor_id = p_person))
        OR (a.subject_digest IS NOT NULL AND a.subject_id IS NOT NULL AND (p_person IS NULL OR a.subject_id = p_person)))
    ORDER BY a.xid, a.id LIMIT p_limit
  ), erased AS (
    UPDATE audit a SET
      actor_id = CASE WHEN f.actor THEN NULL ELSE a.actor_id END,
      actor_salt = CASE WHEN f.actor THEN NULL ELSE a.actor_salt END,
      subject_id = CASE WHEN f.subject THEN NULL ELSE a.subject_id END,
      subject_salt = CASE WHEN f.subject THEN NULL ELSE a.subject_salt END
    FROM found f WHERE a.tenant_id = f.tenant_id AND a.xid = f.xid AND a.id = f.id
    RETURNING a.tenant_id, a.id, f.actor, f.subject
  ), ledger AS (
    INSERT INTO audit_erasures (tenant_id, row_id, field, erasure_id)
    SELECT e.tenant_id, e.id, w.field, p_erasure
    FROM erased e CROSS JOIN LATERAL (VALUES ('actor', e.actor), ('subject', e.subject)) AS w (field, is_so)
    WHERE w.is_so
    RETURNING row_id, field
  )
  SELECT count(*)::int,
         sha256(convert_to(coalesce(string_agg(l.row_id || ' ' || l.field || E'\n', '' ORDER BY (l.row_id || ' ' || l.field) COLLATE "C"), ''), 'UTF8'))
  FROM ledger l
$$;

REVOKE ALL ON FUNCTION across.audit_waiting, across.audit_last_entry, across.audit_links_of, across.audit_tenant_after,
  across.audit_erase FROM PUBLIC;
GRANT EXECUTE ON FUNCTION across.audit_waiting, across.audit_last_entry, across.audit_links_of, across.audit_tenant_after,
  across.audit_erase TO secateur_worker;
RESET ROLE;
