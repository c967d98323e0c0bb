import type { Action, Relation } from '@secateur/networks/port';
import type { Acting } from '../connections/index.ts';
import type { Claimed } from './types.ts';

/**
 * How each of these stands to the account at this moment, as the network says; only those who stand in any relation. `told`:
 * it said of each what is held, too.
 */
export async function relationsOf(
  acting: Acting,
  items: Claimed[],
): Promise<{ related: Map<string, Relation>; told: boolean }> {
  const answers = await ask(acting, items);
  const related = answers.filter((r) => r.follows || r.followedBy || r.held?.length);
  return { related: new Map(related.map((r) => [r.nativeId, r])), told: answers.every((r) => r.held !== null) };
}

/** Which of these the account holds at this moment; null where the network does not tell that with relations. */
export async function heldNow(acting: Acting, action: Action, items: Claimed[]): Promise<Set<string> | null> {
  const answers = await ask(acting, items);
  if (answers.some((r) => r.held === null)) return null;
  return new Set(answers.filter((r) => r.held?.includes(action)).map((r) => r.nativeId));
}

async function ask(acting: Acting, items: Claimed[]): Promise<Relation[]> {
  const size = acting.port.relationBatch;
  const batches = Array.from({ length: Math.ceil(items.length / size) }, (_, i) =>
    items.slice(i * size, (i + 1) * size),
  );
  const answers = await Promise.all(batches.map((batch) => acting.account.relations(batch.map((c) => c.nativeId))));
  return answers.flat();
}
