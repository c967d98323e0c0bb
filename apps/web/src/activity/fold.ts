import type { TrailEntry } from '@secateur/core/trail/schemas';

/** What is told in one line: one entry, or several steps of one piece of Secateur's own work. */
export type Line = TrailEntry & { steps: number };

/** Puts together what Secateur did step by step about the same thing, one step right after the other. */
export function fold(entries: readonly TrailEntry[]): Line[] {
  const lines: Line[] = [];
  for (const entry of entries) {
    const last = lines.at(-1);
    if (last && isSame(last, entry)) {
      last.count += entry.count;
      last.steps += 1;
    } else lines.push({ ...entry, steps: 1 });
  }
  return lines;
}

function isSame(one: TrailEntry, other: TrailEntry): boolean {
  return (
    one.actorKind === 'system' &&
    other.actorKind === 'system' &&
    one.count > 0 &&
    one.action === other.action &&
    one.subjectId === other.subjectId
  );
}
