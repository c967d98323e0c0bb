-- A tenant that is to be deleted: what becomes of its blocks and by when, and afterwards what was destroyed.
CREATE TABLE "deletions" (
  "tenant_id" UUID NOT NULL,
  "asked_by" UUID,
  "asked_at" TIMESTAMPTZ(3) NOT NULL,
  "blocks" "leaving" NOT NULL,
  "due_at" TIMESTAMPTZ(3) NOT NULL,
  "wake_at" TIMESTAMPTZ(3),
  "receipt_hash" BYTEA NOT NULL,
  "tell" TEXT,
  "tell_at" TIMESTAMPTZ(3),
  "warned_at" TIMESTAMPTZ(3),
  "remaining" INTEGER,
  "kept" INTEGER,
  "shredded_at" TIMESTAMPTZ(3),
  "keys" INTEGER,
  "secrets" INTEGER,
  "digest" BYTEA,
  "erased_at" TIMESTAMPTZ(3),
  "rows" BIGINT NOT NULL DEFAULT 0,
  CONSTRAINT "deletions_pkey" PRIMARY KEY ("tenant_id")
);
CREATE UNIQUE INDEX "deletions_by_receipt" ON "deletions"("receipt_hash");
CREATE INDEX "deletions_due" ON "deletions"("wake_at") WHERE (wake_at IS NOT NULL);
CREATE INDEX "deletions_to_tell" ON "deletions"("tell_at") WHERE (tell_at IS NOT NULL);
ALTER TABLE deletions ADD CONSTRAINT deletions_shreds_before_it_erases CHECK (erased_at IS NULL OR shredded_at IS NOT NULL);
ALTER TABLE deletions ADD CONSTRAINT deletions_forgets_who_asked CHECK (erased_at IS NULL OR asked_by IS NULL);

ALTER TABLE deletions ENABLE ROW LEVEL SECURITY;
ALTER TABLE deletions FORCE ROW LEVEL SECURITY;
CREATE POLICY own_tenant ON deletions USING (tenant_id = (SELECT nullif(current_setting('app.tenant_id', true), '')::uuid));
CREATE POLICY across_tenants ON deletions TO secateur_across USING (true);
-- Until the keys are destroyed an owner may think better of it, and afterwards nobody says that it was never asked.
CREATE POLICY until_shredded ON deletions AS RESTRICTIVE FOR DELETE TO secateur_web USING (shredded_at IS NULL);
GRANT SELECT, INSERT, DELETE, UPDATE (tell, tell_at) ON deletions TO secateur_web;
GRANT SELECT, UPDATE ON deletions TO secateur_worker;
GRANT SELECT, UPDATE ON deletions TO secateur_across;

GRANT UPDATE (name, wishes) ON tenants TO secateur_worker;
GRANT SELECT, DELETE ON exemptions, grants, invitations, pending_actions TO secateur_worker;

-- Who belongs to no tenant any more is forgotten by a function, below; UPDATE is for locking them.
CREATE POLICY across_leaving ON members FOR DELETE TO secateur_across USING (true);
GRANT DELETE ON members TO secateur_across;
GRANT SELECT (id, email), UPDATE (name), DELETE ON users TO secateur_across;
GRANT SELECT (user_id, acting_in), DELETE ON mail_links TO secateur_across;
GRANT SELECT (user_id), DELETE ON half_sign_ins, challenges, recovery_tries TO secateur_across;
GRANT SELECT (identifier), DELETE ON verification_tokens TO secateur_across;
GRANT SELECT (acting_in), UPDATE (acting_in) ON sessions TO secateur_across;

-- Deletes so many of the caller's tenant's rows from one table, along its primary key, with the caller's own rights: the
-- tables are partitioned and large, so neither ctid nor one statement for all of them will do.
CREATE FUNCTION erase_rows(p_table text, p_limit int) RETURNS bigint
  LANGUAGE plpgsql SECURITY INVOKER SET search_path = public, pg_temp AS $$
DECLARE
  v_tenant uuid := nullif(current_setting('app.tenant_id', true), '')::uuid;
  v_columns text;
  v_same text;
  v_rows bigint;
BEGIN
  SELECT string_agg(quote_ident(a.attname), ', '), string_agg(format('t.%1$I = d.%1$I', a.attname), ' AND ')
  INTO v_columns, v_same
  FROM pg_index i JOIN pg_attribute a ON a.attrelid = i.indrelid AND a.attnum = ANY (i.indkey)
  WHERE i.indrelid = p_table::regclass AND i.indisprimary;
  EXECUTE format(
    'WITH gone AS (DELETE FROM %1$s t USING (SELECT %2$s FROM %1$s WHERE tenant_id = $1 LIMIT $2) d
     WHERE t.tenant_id = $1 AND %3$s RETURNING 1) SELECT count(*) FROM gone',
    p_table::regclass, v_columns, v_same) INTO v_rows USING v_tenant, p_limit;
  RETURN v_rows;
END $$;
REVOKE ALL ON FUNCTION erase_rows FROM PUBLIC;
GRANT EXECUTE ON FUNCTION erase_rows TO secateur_worker;

SET LOCAL ROLE secateur_across;

-- A tenant that is to be deleted begins nothing; once its keys are destroyed nobody acts in it.
CREATE OR REPLACE FUNCTION across.tenants_of(p_user uuid)
  RETURNS TABLE (tenant_id uuid, role role, kind tenant_kind, name text, suspended boolean)
  LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
  SELECT m.tenant_id, m.role, t.kind, t.name, t.suspended_at IS NOT NULL OR d.tenant_id IS NOT NULL
  FROM members m JOIN tenants t ON t.id = m.tenant_id LEFT JOIN deletions d ON d.tenant_id = m.tenant_id
  WHERE m.user_id = p_user AND d.shredded_at IS NULL ORDER BY m.joined_at, m.tenant_id
$$;

-- Deletions whose next step is due. The time is moved on, so that a lost job is made again.
CREATE FUNCTION across.deletions_due(p_now timestamptz, p_limit int) RETURNS TABLE (tenant_id uuid)
  LANGUAGE sql SECURITY DEFINER SET search_path = public, pg_temp AS $$
  UPDATE deletions n SET wake_at = p_now + interval '1 minute'
  FROM (SELECT x.tenant_id FROM deletions x WHERE x.wake_at <= p_now
        ORDER BY x.wake_at LIMIT p_limit FOR UPDATE SKIP LOCKED) d
  WHERE n.tenant_id = d.tenant_id
  RETURNING n.tenant_id
$$;

-- Deletions of which somebody is to be told. The time is moved on: whoever was to tell may have died.
CREATE FUNCTION across.deletions_to_tell(p_now timestamptz, p_again timestamptz, p_limit int) RETURNS TABLE (tenant_id uuid)
  LANGUAGE sql SECURITY DEFINER SET search_path = public, pg_temp AS $$
  UPDATE deletions n SET tell_at = p_again
  FROM (SELECT x.tenant_id FROM deletions x WHERE x.tell_at <= p_now
        ORDER BY x.tell_at LIMIT p_limit FOR UPDATE SKIP LOCKED) d
  WHERE n.tenant_id = d.tenant_id
  RETURNING n.tenant_id
$$;

-- Who holds a receipt's token learns what was done, and not of whom: what is left names nobody.
CREATE FUNCTION across.receipt(p_hash bytea)
  RETURNS TABLE (asked_at timestamptz, blocks leaving, due_at timestamptz, kept int, shredded_at timestamptz, keys int,
                 secrets int, digest bytea, erased_at timestamptz, rows bigint)
  LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
  SELECT d.asked_at, d.blocks, d.due_at, d.kept, d.shredded_at, d.keys, d.secrets, d.digest, d.erased_at, d.rows
  FROM deletions d WHERE d.receipt_hash = p_hash
$$;

-- Takes so many members out of the caller's tenant, whose keys are destroyed, and forgets those who are in no other one,
-- with all that was kept for them to sign in. What hangs on a user by a foreign key goes with them. Returns how many.
CREATE FUNCTION across.forget_members(p_limit int) RETURNS int
  LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
  v_tenant uuid := nullif(current_setting('app.tenant_id', true), '')::uuid;
  v_members uuid[];
  v_lone uuid[];
  v_emails text[];
BEGIN
  IF NOT EXISTS (SELECT FROM deletions d WHERE d.tenant_id = v_tenant AND d.shredded_at IS NOT NULL) THEN
    RAISE EXCEPTION 'not a tenant that is being erased';
  END IF;
  v_members := ARRAY(SELECT m.user_id FROM members m WHERE m.tenant_id = v_tenant ORDER BY m.user_id LIMIT p_limit);
  -- Nobody joins another tenant from here on until this is over, or it is over first.
  PERFORM FROM users u WHERE u.id = ANY (v_members) ORDER BY u.id FOR UPDATE;
  DELETE FROM members m WHERE m.tenant_id = v_tenant AND m.user_id = ANY (v_members);
  SELECT array_agg(u.id), array_agg(u.email) INTO v_lone, v_emails FROM users u
  WHERE u.id = ANY (v_members) AND NOT EXISTS (SELECT FROM members m WHERE m.user_id = u.id);
  DELETE FROM mail_links l WHERE l.user_id = ANY (v_lone) OR l.acting_in = v_tenant;
  DELETE FROM half_sign_ins h WHERE h.user_id = ANY (v_lone);
  DELETE FROM challenges c WHERE c.user_id = ANY (v_lone);
  DELETE FROM recovery_tries r WHERE r.user_id = ANY (v_lone);
  DELETE FROM verification_tokens v WHERE v.identifier = ANY (v_emails);
  DELETE FROM users u WHERE u.id = ANY (v_lone);
  UPDATE sessions s SET acting_in = NULL WHERE s.acting_in = v_tenant;
  RETURN cardinality(v_members);
END $$;

REVOKE ALL ON FUNCTION across.deletions_due, across.deletions_to_tell, across.receipt, across.forget_members FROM PUBLIC;
GRANT EXECUTE ON FUNCTION across.deletions_due, across.forget_members TO secateur_worker;
GRANT EXECUTE ON FUNCTION across.deletions_to_tell, across.receipt TO secateur_web;
RESET ROLE;
