-- A second contact stops their own removal once in seven days, and takes a first passkey back once in seven days.

ALTER TABLE "pending_actions" ADD COLUMN "second_hash" BYTEA;
CREATE UNIQUE INDEX "pending_actions_by_second_token" ON "pending_actions"("second_hash");
ALTER TABLE "second_contacts" ADD COLUMN "stopped_at" TIMESTAMPTZ(3);
ALTER TABLE "users" ADD COLUMN "taken_back_at" TIMESTAMPTZ(3);

SET LOCAL ROLE secateur_across;

CREATE OR REPLACE FUNCTION across.pending_action(p_cancel_hash bytea) RETURNS TABLE (tenant_id uuid, id uuid)
  LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
  SELECT p.tenant_id, p.id FROM pending_actions p WHERE p.cancel_hash = p_cancel_hash OR p.second_hash = p_cancel_hash
$$;

RESET ROLE;
