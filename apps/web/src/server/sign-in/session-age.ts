/** Seconds after which somebody who hasn't been here is signed out. */
export const SESSION_AGE = 7 * 24 * 3_600;
