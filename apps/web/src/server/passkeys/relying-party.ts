/** Who asks for a passkey: the one host that it is good for, and the one address that may ask. */
export type RelyingParty = { id: string; name: string; origin: string };

/** As which an app asks that is reached at `address`. */
export function relyingParty(address: string): RelyingParty {
  const { hostname, origin } = new URL(address);
  return { id: hostname, name: 'Secateur', origin };
}

/** Kinds of keys that are taken (COSE: ES256, EdDSA, RS256): between them every authenticator there is has one. */
export const ALGORITHMS = [-7, -8, -257];
