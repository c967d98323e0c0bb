SET LOCAL ROLE secateur_owner;
-- What runs, of all tenants: across.endings_untold looks at it each minute, and most shields ended long ago.
CREATE INDEX "shields_running" ON "shields"("tenant_id", "id") WHERE (state IN ('acting', 'holding'));
RESET ROLE;
