-- Crowds that only an account may list are the tenant's own, like those that were brought in a file: they are kept as those are.
ALTER TABLE "uploads"
  ADD COLUMN "kind" "source_kind" NOT NULL DEFAULT 'file',
  ADD COLUMN "ref" TEXT,
  ADD COLUMN "connection_id" UUID,
  ADD COLUMN "cursor" TEXT,
  ADD CONSTRAINT "uploads_seen_by_an_account" CHECK ((kind = 'file') = (ref IS NULL) AND (ref IS NULL) = (connection_id IS NULL));
GRANT INSERT ON uploads TO secateur_worker;

-- Which of them an account's owner lets us list, and is asked to.
ALTER TABLE "connections" ADD COLUMN "crowds" "source_kind"[] NOT NULL DEFAULT ARRAY[]::"source_kind"[];
ALTER TABLE "oauth_flows" ADD COLUMN "crowds" "source_kind"[] NOT NULL DEFAULT ARRAY[]::"source_kind"[];
