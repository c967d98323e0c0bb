import { createHash, randomBytes } from 'node:crypto';

/**
 * A salted digest that stands in the chain for a field that names a person. Without the salt it says nothing, not even to
 * who can guess the field, so erasing the field and its salt leaves the chain whole.
 */
export type Commitment = { salt: Uint8Array<ArrayBuffer>; digest: Uint8Array<ArrayBuffer> };

/** Commits to a person's id under a salt of its own. */
export function commitTo(personId: string): Commitment {
  const salt = new Uint8Array(randomBytes(16));
  return { salt, digest: digestUnder(salt, personId) };
}

/** SHA-256 over the salt and the id's 16 bytes. */
export function digestUnder(salt: Uint8Array, personId: string): Uint8Array<ArrayBuffer> {
  const id = Buffer.from(personId.replaceAll('-', ''), 'hex');
  return new Uint8Array(createHash('sha256').update(salt).update(id).digest());
}
