/** What a source says about where its crowd is; the same on a page and in a row. */
type Where = { kind: string; network: string };

/**
 * The highest threshold that anybody can reach everywhere: nobody is in crowds of two networks, since Secateur never guesses
 * who is whom, so it is how many crowds the network with the fewest has. 1 where there are none.
 */
export function highestThreshold(sources: readonly Where[]): number {
  const crowds = sources.filter(({ kind }) => kind !== 'account');
  const each = [...Map.groupBy(crowds, ({ network }) => network).values()].map((on) => on.length);
  return Math.max(1, Math.min(...each, crowds.length));
}
