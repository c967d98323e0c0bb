-- When the account last wrote to somebody in public, as far as it was read. Who neither follows nor is followed may have that alone.
ALTER TABLE "people" ADD COLUMN "talked_at" TIMESTAMPTZ(3);
