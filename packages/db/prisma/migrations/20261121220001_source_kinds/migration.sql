-- Words of their own migration: a value that was added to an enum can only be used after it is committed.
ALTER TYPE "source_kind" ADD VALUE 'likers';
ALTER TYPE "source_kind" ADD VALUE 'reposters';
ALTER TYPE "source_kind" ADD VALUE 'quoters';
ALTER TYPE "source_kind" ADD VALUE 'repliers';
ALTER TYPE "source_kind" ADD VALUE 'list';
ALTER TYPE "source_kind" ADD VALUE 'file';
