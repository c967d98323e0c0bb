SET LOCAL ROLE secateur_owner;

-- An order to undo everything, at once or spread over days. Its shields' covers end within its span; each shield names it
-- as long as it stands.
CREATE TABLE "undo_orders" (
  "tenant_id" UUID NOT NULL,
  "id" UUID NOT NULL,
  "created_by" UUID NOT NULL,
  "created_at" TIMESTAMPTZ(3) NOT NULL,
  "span_seconds" INTEGER NOT NULL,
  "held" INTEGER NOT NULL,
  "called_off_at" TIMESTAMPTZ(3),

  CONSTRAINT "undo_orders_pkey" PRIMARY KEY ("tenant_id", "id")
);
ALTER TABLE undo_orders ENABLE ROW LEVEL SECURITY;
ALTER TABLE undo_orders FORCE ROW LEVEL SECURITY;
CREATE POLICY own_tenant ON undo_orders USING (tenant_id = (SELECT nullif(current_setting('app.tenant_id', true), '')::uuid));
GRANT SELECT, INSERT, UPDATE ON undo_orders TO secateur_web;
GRANT SELECT, DELETE ON undo_orders TO secateur_worker;

ALTER TABLE "shields"
  ADD COLUMN "lift_order" UUID,
  ADD COLUMN "lift_from" TIMESTAMPTZ(3),
  ADD COLUMN "lift_seconds" INTEGER,
  -- Why it was raised, and what is to be remembered about it: the tenant's own words.
  ADD COLUMN "reason" TEXT,
  ADD COLUMN "note" TEXT;
ALTER TABLE shields ADD CONSTRAINT shields_words_short CHECK (length(reason) <= 200 AND length(note) <= 4000);
ALTER TABLE shields ADD CONSTRAINT shields_lift_whole
  CHECK ((lift_order IS NULL) = (lift_from IS NULL) AND (lift_order IS NULL) = (lift_seconds IS NULL));

RESET ROLE;
