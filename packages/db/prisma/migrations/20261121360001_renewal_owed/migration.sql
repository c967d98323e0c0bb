-- A value of its own before it is used: shields end soon that can be held longer.
SET LOCAL ROLE secateur_owner;
ALTER TYPE "owed_about" ADD VALUE 'renewal';
RESET ROLE;
