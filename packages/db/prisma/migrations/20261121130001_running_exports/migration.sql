SET LOCAL ROLE secateur_owner;

CREATE TABLE "running_exports" (
  "tenant_id" UUID NOT NULL,
  "id" UUID NOT NULL,
  "seen_at" TIMESTAMPTZ(3) NOT NULL,
  CONSTRAINT "running_exports_pkey" PRIMARY KEY ("tenant_id", "id")
);
ALTER TABLE running_exports ENABLE ROW LEVEL SECURITY;
ALTER TABLE running_exports FORCE ROW LEVEL SECURITY;
CREATE POLICY own_tenant ON running_exports TO secateur_web, secateur_worker
  USING (tenant_id = nullif(current_setting('app.tenant_id', true), '')::uuid);
GRANT SELECT, INSERT, UPDATE (seen_at), DELETE ON running_exports TO secateur_web;
-- A tenant that is deleted leaves none of these behind either.
GRANT SELECT, DELETE ON running_exports TO secateur_worker;
