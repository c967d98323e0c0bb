-- What somebody signs in with is shown to them: by its handle, and since when.
SET LOCAL ROLE secateur_owner;
ALTER TABLE "identities" ADD COLUMN "handle" TEXT, ADD COLUMN "added_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP;
UPDATE identities i SET handle = u.name FROM users u WHERE u.id = i.user_id AND u.email IS NULL;
RESET ROLE;
