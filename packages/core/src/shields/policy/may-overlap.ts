type Where = { kind: string; network: string; subjectId: string | null };

/**
 * Whether somebody may be in several of these sources, so that whom they mean has to be counted: one crowd alone means its
 * members, and nobody is in the crowd around themselves.
 */
export function mayOverlap(sources: readonly Where[]): boolean {
  const crowds = sources.filter(({ kind }) => kind !== 'account');
  return crowds.some((crowd) =>
    sources.some((other) => {
      if (other === crowd || other.network !== crowd.network) return false;
      return other.kind !== 'account' || other.subjectId === null || other.subjectId !== crowd.subjectId;
    }),
  );
}
