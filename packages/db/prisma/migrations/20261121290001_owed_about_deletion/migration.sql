-- Values of their own before they are used.
SET LOCAL ROLE secateur_owner;
ALTER TYPE "owed_about" ADD VALUE 'deletion_asked';
ALTER TYPE "owed_about" ADD VALUE 'deletion_stuck';
ALTER TYPE "owed_about" ADD VALUE 'deletion_cancelled';
RESET ROLE;
