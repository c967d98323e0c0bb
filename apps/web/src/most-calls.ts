/** Calls that one request to tRPC may hold. A screen makes up to seven at once. */
export const MOST_CALLS = 20;
