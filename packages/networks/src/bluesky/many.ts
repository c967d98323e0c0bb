import type { PublicProfile } from '../port.ts';
import type { Client } from './client.ts';
import { toProfile } from './mapper.ts';
import { actorIn } from './query.ts';

/** Accounts in one question: app.bsky.actor.getProfiles, lexicons of bluesky-social/atproto. */
export const MANY = 25;

/** Each of these accounts, in their order; null for whom the AppView leaves out, and for what is no name of an account. */
export async function profilesOf(appview: Client, queries: string[]): Promise<(PublicProfile | null)[]> {
  if (queries.length > MANY) throw new RangeError(`more than ${MANY}`);
  const actors = queries.map(named);
  const asked = [...new Set(actors.flatMap((actor) => actor ?? []))];
  if (asked.length === 0) return actors.map(() => null);
  const found = (await appview.app.actor.getProfiles({ actors: asked })).data.profiles.map(toProfile);
  const byName = new Map(found.flatMap((p) => [[p.nativeId, p] as const, [p.handle.toLowerCase(), p] as const]));
  return actors.map((actor) => (actor === null ? null : (byName.get(actor) ?? null)));
}

function named(query: string): string | null {
  try {
    return actorIn(query);
  } catch {
    return null;
  }
}
