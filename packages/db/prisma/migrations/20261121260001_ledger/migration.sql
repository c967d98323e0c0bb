-- Names are looked for in what is shared by all tenants: under row-level security no index would be read for LIKE.
-- One index for both names, by three letters in a row, wherever they stand. What is new waits in a short list, so that
-- a search never reads a long one.
CREATE EXTENSION IF NOT EXISTS pg_trgm;
SET LOCAL ROLE secateur_owner;
CREATE INDEX "profiles_by_name" ON "profiles" USING gin ("handle" gin_trgm_ops, "display_name" gin_trgm_ops)
  WITH (gin_pending_list_limit = 256);

-- The few whose effect is not as wanted: made by hand, lifted by hand, failed. Written only when that happens.
CREATE INDEX "effects_odd" ON "effects"("account_id", "state")
  WHERE (state = ANY (ARRAY['by_hand'::effect_state, 'undone'::effect_state, 'failed'::effect_state]));

-- Of whom a page asks: who is held, whether or not an end is in sight. Only those that nobody ends are new in it.
DROP INDEX "effects_to_lift";
CREATE INDEX "effects_to_lift" ON "effects"("account_id", "due_at") WHERE (state = 'applied');

-- Those who were let go one by one, by a member here or by hand on the network.
CREATE INDEX "targets_one_by_one" ON "targets"("tenant_id", "shield_id", "profile_id")
  WHERE (reason = ANY (ARRAY['undone_one'::target_reason, 'lifted_by_you'::target_reason]));
RESET ROLE;
