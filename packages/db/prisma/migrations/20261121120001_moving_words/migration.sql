-- Words of their own migration: a value that was added to an enum can only be used after it is committed.
ALTER TYPE "connection_state" ADD VALUE 'elsewhere';
ALTER TYPE "connection_state" ADD VALUE 'moving';
