import type { Counts } from '@secateur/core/shields/schemas';
import type { HedgePart } from '@secateur/ui/hedge';

/** A shield's counts in the order in which its picture shows them. */
export function hedgeParts({ done, pending, failed, already, over, spared }: Counts): HedgePart[] {
  return [
    { kind: 'over', count: over },
    { kind: 'done', count: done },
    { kind: 'already', count: already },
    { kind: 'failed', count: failed },
    { kind: 'waiting', count: pending },
    { kind: 'spared', count: spared },
  ];
}
