-- A word of its own migration: a value that was added to an enum can only be used after it is committed.
ALTER TYPE "source_kind" ADD VALUE 'shared';
