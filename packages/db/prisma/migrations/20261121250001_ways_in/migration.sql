-- Words of their own migration: a value that was added to an enum can only be used after it is committed.
ALTER TYPE "session_how" ADD VALUE 'mastodon';
ALTER TYPE "session_how" ADD VALUE 'x';
