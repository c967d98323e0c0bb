SET LOCAL ROLE secateur_owner;

-- A key of each tenant's own, wrapped by the workers' key. Without its key what it sealed is noise: destroying the key
-- destroys every copy of every secret of that tenant, wherever it lies.
CREATE TABLE "tenant_keys" (
    "tenant_id" UUID NOT NULL,
    "version" INTEGER NOT NULL,
    "wrapped" BYTEA,
    "kek_id" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "superseded_at" TIMESTAMPTZ(3),
    "shredded_at" TIMESTAMPTZ(3),

    CONSTRAINT "tenant_keys_pkey" PRIMARY KEY ("tenant_id","version")
);

-- What web apps seal with beside the workers' public key (HPKE's pre-shared key). It opens nothing by itself; destroying it
-- destroys what was sealed with it and never taken under the tenant's key, copies included.
CREATE TABLE "intake_shares" (
    "tenant_id" UUID NOT NULL,
    "share" BYTEA,
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "shredded_at" TIMESTAMPTZ(3),

    CONSTRAINT "intake_shares_pkey" PRIMARY KEY ("tenant_id")
);

ALTER TABLE intake_shares ADD CONSTRAINT intake_shares_gone_when_shredded CHECK ((share IS NULL) = (shredded_at IS NOT NULL));

ALTER TABLE tenant_keys ADD CONSTRAINT tenant_keys_gone_when_shredded CHECK ((wrapped IS NULL) = (shredded_at IS NOT NULL));

CREATE INDEX "tenant_keys_by_kek" ON "tenant_keys"("kek_id") WHERE (shredded_at IS NULL);

CREATE INDEX "tenant_keys_current" ON "tenant_keys"("created_at") WHERE (shredded_at IS NULL AND superseded_at IS NULL);

CREATE INDEX "tenant_keys_superseded" ON "tenant_keys"("tenant_id") WHERE (shredded_at IS NULL AND superseded_at IS NOT NULL);

ALTER TABLE tenant_keys ENABLE ROW LEVEL SECURITY;
ALTER TABLE tenant_keys FORCE ROW LEVEL SECURITY;
CREATE POLICY own_tenant ON tenant_keys
  USING (tenant_id = (SELECT nullif(current_setting('app.tenant_id', true), '')::uuid));

ALTER TABLE intake_shares ENABLE ROW LEVEL SECURITY;
ALTER TABLE intake_shares FORCE ROW LEVEL SECURITY;
CREATE POLICY own_tenant ON intake_shares
  USING (tenant_id = (SELECT nullif(current_setting('app.tenant_id', true), '')::uuid));

GRANT SELECT, INSERT ON intake_shares TO secateur_web;
GRANT SELECT, INSERT, UPDATE ON intake_shares TO secateur_worker;

-- The web app's role has no business with keys. Nobody deletes: the row of a shredded key says when that was.
GRANT SELECT, INSERT, UPDATE ON tenant_keys TO secateur_worker;

-- Across tenants one sees which keys there are, never the keys.
CREATE POLICY across_tenants ON tenant_keys FOR SELECT TO secateur_across USING (true);
GRANT SELECT (tenant_id, version, kek_id, created_at, superseded_at, shredded_at) ON tenant_keys TO secateur_across;

SET LOCAL ROLE secateur_across;

-- Tenants with a key that is wrapped by another than the current one, or superseded, or old. In no order, so that those
-- whose tending fails don't stand before all others.
CREATE FUNCTION across.keys_to_tend(p_kek text, p_born_before timestamptz, p_limit int) RETURNS TABLE (tenant_id uuid)
  LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
  SELECT t.tenant_id FROM (
    SELECT k.tenant_id FROM tenant_keys k WHERE k.shredded_at IS NULL AND (k.kek_id < p_kek OR k.kek_id > p_kek)
    UNION
    SELECT k.tenant_id FROM tenant_keys k WHERE k.shredded_at IS NULL AND k.superseded_at IS NOT NULL
    UNION
    SELECT k.tenant_id FROM tenant_keys k
    WHERE k.shredded_at IS NULL AND k.superseded_at IS NULL AND k.created_at < p_born_before
  ) t ORDER BY random() LIMIT p_limit
$$;

-- How many tenants' keys each of the workers' keys wraps: one that wraps none can be taken away.
CREATE FUNCTION across.wrapped_by() RETURNS TABLE (kek_id text, keys bigint)
  LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
  SELECT k.kek_id, count(*) FROM tenant_keys k WHERE k.shredded_at IS NULL GROUP BY 1 ORDER BY 1
$$;

-- How many credentials still wait as a web app sealed them, by the id of the key that opens them: bytes 2 to 9 of the
-- blob (packages/core/src/secrets/blob.ts).
CREATE FUNCTION across.sealed_to() RETURNS TABLE (key_id text, secrets bigint)
  LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
  SELECT encode(substr(c.sealed, 2, 8), 'hex'), count(*) FROM connections c
  WHERE substr(c.sealed, 1, 1) IN ('\x01', '\x03') GROUP BY 1 ORDER BY 1
$$;

CREATE FUNCTION across.keyed_tenants() RETURNS TABLE (tenant_id uuid)
  LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
  SELECT k.tenant_id FROM tenant_keys k WHERE k.shredded_at IS NULL AND k.superseded_at IS NULL ORDER BY 1
$$;

REVOKE ALL ON FUNCTION across.keys_to_tend, across.wrapped_by, across.sealed_to, across.keyed_tenants FROM PUBLIC;
GRANT EXECUTE ON FUNCTION across.keys_to_tend, across.wrapped_by, across.sealed_to, across.keyed_tenants TO secateur_worker;
RESET ROLE;
