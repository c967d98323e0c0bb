-- An author's request touches nobody else's rows: a worker wakes whoever follows, once its own work is committed. Who was taken
-- off is told of for as long as a list's rows are kept, also after its end.
SET LOCAL ROLE secateur_owner;
ALTER TABLE "shared_lists" ADD COLUMN "told" INTEGER NOT NULL DEFAULT 0, ADD COLUMN "walked_to" UUID;

SET LOCAL ROLE secateur_across;
REVOKE EXECUTE ON FUNCTION across.wake_subscriptions FROM secateur_web;

CREATE OR REPLACE FUNCTION across.shared_forgiven(p_hash bytea, p_change int, p_limit int)
  RETURNS TABLE (profile_id uuid, change int)
  LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
  SELECT m.profile_id, m.change FROM shared_lists l
  JOIN shared_members m ON m.tenant_id = l.tenant_id AND m.list_id = l.id
  WHERE l.token_hash = p_hash AND m.taken_off AND m.change > p_change
  ORDER BY m.change LIMIT p_limit
$$;
RESET ROLE;
