SET LOCAL ROLE secateur_owner;

-- What a shield does about those whom a rule finds: leave them alone, mute instead of block, or nothing.
CREATE TYPE "choice" AS ENUM ('spare', 'weaken', 'nothing');

-- Rows keep their meaning: mutuals were spared when any of the three was on. By type and not by UPDATE, which row-level
-- security would keep from every row.
ALTER TABLE "shields"
  ALTER COLUMN "spare_follows" TYPE "choice"
    USING (CASE WHEN "spare_follows" THEN 'spare' ELSE 'nothing' END)::"choice",
  ALTER COLUMN "spare_followers" TYPE "choice"
    USING (CASE WHEN "spare_followers" THEN 'spare' ELSE 'nothing' END)::"choice",
  ALTER COLUMN "spare_mutuals" TYPE "choice"
    USING (CASE WHEN "spare_mutuals" OR "spare_follows" OR "spare_followers" THEN 'spare' ELSE 'nothing' END)::"choice";
ALTER TABLE "shields" RENAME COLUMN "spare_follows" TO "for_follows";
ALTER TABLE "shields" RENAME COLUMN "spare_followers" TO "for_followers";
ALTER TABLE "shields" RENAME COLUMN "spare_mutuals" TO "for_mutuals";
ALTER TABLE "shields"
  ADD COLUMN "for_talked" "choice" NOT NULL DEFAULT 'nothing',
  ADD COLUMN "for_verified" "choice" NOT NULL DEFAULT 'nothing',
  ADD COLUMN "for_popular" "choice" NOT NULL DEFAULT 'nothing',
  ADD COLUMN "popular_above" INTEGER NOT NULL DEFAULT 10000;

-- Why somebody is muted in a shield that blocks.
ALTER TABLE "targets" ADD COLUMN "weakened" "target_reason";

-- What a network says of an account beside its name, and when it last did: in lists it may say one and not the other.
ALTER TABLE "profiles"
  ADD COLUMN "followers_at" TIMESTAMPTZ(3),
  ADD COLUMN "verified" BOOLEAN,
  ADD COLUMN "verified_at" TIMESTAMPTZ(3);
RESET ROLE;
