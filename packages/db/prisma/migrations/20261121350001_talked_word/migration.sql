-- Words of their own migration: they can't be used in the transaction that adds them.
ALTER TYPE "reading_kind" ADD VALUE 'talked';
ALTER TYPE "reading_kind" ADD VALUE 'familiar';
