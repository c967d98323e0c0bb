SET LOCAL ROLE secateur_owner;
-- How many of those whom an account follows told whom they follow.
ALTER TABLE "readings" ADD COLUMN "answered" INTEGER;
RESET ROLE;
