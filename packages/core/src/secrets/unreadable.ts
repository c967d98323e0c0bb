/**
 * Why a secret doesn't open:
 * - `no_key`: this process lacks the key that it names. Somebody set the environment wrongly; nothing is lost.
 * - `shredded`: the tenant's keys were destroyed. Nobody will ever open it.
 * - `damaged`: it was changed, or sealed for another binding. Only new credentials help.
 */
export type Unreadable = 'no_key' | 'shredded' | 'damaged';

/** A secret that doesn't open. Carries neither the secret nor what it was sealed in, and keeps no cause that might. */
export class SecretUnreadable extends Error {
  readonly why: Unreadable;
  constructor(why: Unreadable, detail = '') {
    super(detail === '' ? why : `${why}: ${detail}`);
    this.name = 'SecretUnreadable';
    this.why = why;
  }
}
