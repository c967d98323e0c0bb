import type { SourceView } from '@secateur/core/shields/schemas';

/** Whether a shield is about more than one account and one crowd around it. */
export function hasSeveral(sources: readonly Pick<SourceView, 'kind' | 'query' | 'network'>[]): boolean {
  const named = new Set(sources.map(({ network, query }) => `${network} ${query}`));
  const crowds = sources.filter(({ kind }) => kind !== 'account');
  return named.size > 1 || crowds.length > 1 || crowds.some(({ kind }) => kind !== 'followers');
}
