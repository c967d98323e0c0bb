-- A word of its own migration: it can't be used in the transaction that adds it.
ALTER TYPE "reading_kind" ADD VALUE 'talked';
