SET LOCAL ROLE secateur_owner;

-- A text: under row-level security an index is not read by the comparison of an enum, which may say in an error what it saw.
ALTER TABLE audit ALTER COLUMN "actor_kind" TYPE TEXT USING actor_kind::text;
ALTER TABLE audit ADD CONSTRAINT "audit_actor_kind" CHECK (actor_kind IN ('member', 'helper', 'operator', 'system'));
DROP TYPE "actor_kind";

-- The order in which a trail is read, and the same for each kind of actor and each action.
CREATE INDEX "audit_by_time" ON "audit"("tenant_id", "at", "xid", "id");
CREATE INDEX "audit_by_deed" ON "audit"("tenant_id", "actor_kind", "action", "at", "xid", "id");
