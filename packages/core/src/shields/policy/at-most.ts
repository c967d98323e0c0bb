/**
 * How many can be in at least `threshold` of crowds of these sizes: whoever is, is counted so often in their sum, and is
 * in one of those that are left when all but the largest are set aside.
 */
export function atMost(sizes: readonly number[], threshold: number): number {
  const sum = (of: readonly number[]) => of.reduce((total, size) => total + size, 0);
  const rest = sizes.toSorted((a, b) => b - a).slice(threshold - 1);
  return Math.min(Math.floor(sum(sizes) / threshold), sum(rest));
}
