-- Words of their own migration: a value that was added to an enum can only be used after it is committed.
ALTER TYPE "target_reason" ADD VALUE 'talked';
ALTER TYPE "target_reason" ADD VALUE 'verified';
ALTER TYPE "target_reason" ADD VALUE 'popular';
