-- Money stands apart from tokens: what a tenant lets itself spend in a month, and what it did. Millionths of a dollar.

CREATE TABLE "spending_caps" (
  "tenant_id" UUID NOT NULL,
  "micro_dollars" BIGINT NOT NULL,
  "set_at" TIMESTAMPTZ(3) NOT NULL,
  CONSTRAINT "spending_caps_pkey" PRIMARY KEY ("tenant_id")
);
CREATE TABLE "spendings" (
  "tenant_id" UUID NOT NULL,
  "month" DATE NOT NULL,
  "micro_dollars" BIGINT NOT NULL,
  CONSTRAINT "spendings_pkey" PRIMARY KEY ("tenant_id", "month")
);
ALTER TABLE spending_caps ADD CONSTRAINT spending_caps_sound CHECK (micro_dollars >= 0);
ALTER TABLE spendings ADD CONSTRAINT spendings_sound CHECK (micro_dollars >= 0 AND extract(day FROM month) = 1);

ALTER TABLE spending_caps ENABLE ROW LEVEL SECURITY;
ALTER TABLE spending_caps FORCE ROW LEVEL SECURITY;
CREATE POLICY own_tenant ON spending_caps USING (tenant_id = (SELECT nullif(current_setting('app.tenant_id', true), '')::uuid));
GRANT SELECT, INSERT, UPDATE ON spending_caps TO secateur_web;
GRANT SELECT, DELETE ON spending_caps TO secateur_worker;

ALTER TABLE spendings ENABLE ROW LEVEL SECURITY;
ALTER TABLE spendings FORCE ROW LEVEL SECURITY;
CREATE POLICY own_tenant ON spendings USING (tenant_id = (SELECT nullif(current_setting('app.tenant_id', true), '')::uuid));
GRANT SELECT ON spendings TO secateur_web;
GRANT SELECT, INSERT, UPDATE, DELETE ON spendings TO secateur_worker;
