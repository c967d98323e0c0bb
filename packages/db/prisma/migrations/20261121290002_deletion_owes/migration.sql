-- One way to owe a mail: what members hear of a deletion is owed like everything else that nobody may miss. What is not told
-- yet is carried over by the role that sees across tenants.
SET LOCAL ROLE secateur_owner;
GRANT INSERT ON owed_notices TO secateur_web, secateur_across;
SET LOCAL ROLE secateur_across;
INSERT INTO owed_notices (tenant_id, id, user_id, listener, about, at, next_at)
SELECT d.tenant_id, gen_random_uuid(), m.user_id, l.listener, ('deletion_' || d.tell)::owed_about, d.tell_at, clock_timestamp()
FROM deletions d JOIN members m ON m.tenant_id = d.tenant_id CROSS JOIN unnest(enum_range(NULL::owed_to)) AS l (listener)
WHERE d.tell IS NOT NULL;
DROP FUNCTION across.deletions_to_tell;
SET LOCAL ROLE secateur_owner;
REVOKE INSERT ON owed_notices FROM secateur_across;
RESET ROLE;
DROP INDEX "deletions_to_tell";
ALTER TABLE "deletions" DROP COLUMN "tell", DROP COLUMN "tell_at";
