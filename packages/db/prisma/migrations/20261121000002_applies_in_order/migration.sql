-- A claim takes fresh and resent ones apart, in this order: without it every claim would sort all that waits.
DROP INDEX "effects_to_apply";

CREATE INDEX "effects_to_apply" ON "effects"("account_id", "shield_id", "rank", "resent", "due_at") WHERE (state = 'pending');
