import type { Relation } from '@secateur/networks/port';
import type { Acting } from '../connections/index.ts';
import type { Claimed } from './types.ts';

/** How each of these stands to the account at this moment, as the network says; only those who follow or are followed. */
export async function relationsOf(acting: Acting, items: Claimed[]): Promise<Map<string, Relation>> {
  const size = acting.port.relationBatch;
  const batches = Array.from({ length: Math.ceil(items.length / size) }, (_, i) =>
    items.slice(i * size, (i + 1) * size),
  );
  const answers = await Promise.all(batches.map((batch) => acting.account.relations(batch.map((c) => c.nativeId))));
  const related = answers.flat().filter((r) => r.follows || r.followedBy);
  return new Map(related.map((r) => [r.nativeId, r]));
}
