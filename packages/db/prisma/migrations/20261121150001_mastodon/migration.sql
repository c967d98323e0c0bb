SET LOCAL ROLE secateur_owner;

-- How many the source's own server says there are in all: "we know N of M". Null where it does not say.
ALTER TABLE "audiences" ADD COLUMN "claimed" INTEGER;

-- As whom we are registered with each server that people bring. No tenant's, and workers' only.
CREATE TABLE "server_apps" (
  "network" "network" NOT NULL,
  "host" TEXT NOT NULL,
  "app" BYTEA NOT NULL,
  "made_at" TIMESTAMPTZ(3) NOT NULL,

  CONSTRAINT "server_apps_pkey" PRIMARY KEY ("network", "host")
);
GRANT SELECT, INSERT, UPDATE ON server_apps TO secateur_worker;

RESET ROLE;
