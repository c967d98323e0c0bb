-- Words of their own migration: a value that was added to an enum can only be used after it is committed.
ALTER TYPE "connection_state" ADD VALUE 'leaving';
ALTER TYPE "connection_state" ADD VALUE 'gone';
ALTER TYPE "target_reason" ADD VALUE 'disconnected';
ALTER TYPE "target_reason" ADD VALUE 'kept';
