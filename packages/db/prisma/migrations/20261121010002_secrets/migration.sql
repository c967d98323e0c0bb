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

ALTER TABLE tenant_keys ADD CONSTRAINT tenant_keys_gone_when_shredded CHECK ((wrapped IS NULL) = (shredded_at IS NOT NULL));

CREATE INDEX "tenant_keys_by_kek" ON "tenant_keys"("kek_id") WHERE (wrapped IS NOT NULL);

CREATE INDEX "tenant_keys_current" ON "tenant_keys"("created_at") WHERE (wrapped IS NOT NULL AND superseded_at IS NULL);

CREATE INDEX "tenant_keys_superseded" ON "tenant_keys"("tenant_id") WHERE (wrapped IS NOT NULL AND superseded_at IS NOT NULL);

ALTER TABLE tenant_keys ENABLE ROW LEVEL SECURITY;
ALTER TABLE tenant_keys FORCE ROW LEVEL SECURITY;
CREATE POLICY own_tenant ON tenant_keys
  USING (tenant_id = (SELECT nullif(current_setting('app.tenant_id', true), '')::uuid));

-- The web app's role has no business here. Nobody deletes: a shredded key's row says when it was.
GRANT SELECT, INSERT, UPDATE ON tenant_keys TO secateur_worker;

RESET ROLE;
