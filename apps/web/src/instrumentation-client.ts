import { config } from 'zod/v4/core';

/** Runs before anything else of ours in the browser: zod would try whether it may make code from text, which it may not. */
config({ jitless: true });
