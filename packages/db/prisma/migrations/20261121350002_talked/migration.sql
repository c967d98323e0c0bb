-- When the account last wrote to somebody in public, and how many of those it follows, and that were asked, follow them. Who neither
-- follows nor is followed may have one of these alone.
ALTER TABLE "people" ADD COLUMN "talked_at" TIMESTAMPTZ(3), ADD COLUMN "known_by" SMALLINT NOT NULL DEFAULT 0;
