-- How large a crowd was when it was listed. What later looks add is for those who had them made, and tells nobody else of them.
SET LOCAL ROLE secateur_owner;

ALTER TABLE "audiences" ADD COLUMN "listed_size" INTEGER;
-- Of those that were looked at before, nobody knows any more how large they were: they stay as they were shown.
UPDATE audiences SET listed_size = size WHERE state = 'complete';

RESET ROLE;
