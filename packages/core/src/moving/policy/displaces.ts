type Way = 'password' | 'oauth';

/** Whether a proof that an account is somebody's takes it from where it is connected, and why not. */
export type Displacing = { allowed: true } | { allowed: false; because: 'connection_elsewhere' | 'consent_needed' };

/**
 * The later proof counts, so that whoever is quicker in the end never takes from whoever proved it last. An app password
 * takes nothing from a consent: it can be handed on, a consent is asked for by the account's own server each time.
 */
export function displaces(
  proof: { provenAt: Date; way: Way },
  held: { confirmedAt: Date | null; way: Way },
): Displacing {
  if (held.way === 'oauth' && proof.way === 'password') return { allowed: false, because: 'consent_needed' };
  if (held.confirmedAt !== null && held.confirmedAt >= proof.provenAt)
    return { allowed: false, because: 'connection_elsewhere' };
  return { allowed: true };
}
