/** Where to go after signing in when nothing else was asked for. */
export const HOME = '/shields';

/** `wanted` when it is a path of this app, otherwise the console. Nobody is sent elsewhere by a link they got. */
export function safePath(wanted: string | null | undefined): string {
  if (!wanted?.startsWith('/')) return HOME;
  const base = 'http://here.invalid';
  try {
    const url = new URL(wanted, base);
    const path = `${url.pathname}${url.search}`;
    // Dots that were resolved may leave `//elsewhere`, which is another site to whoever is sent there.
    if (url.origin !== base || new URL(path, base).origin !== base) return HOME;
    return url.pathname.startsWith('/api/') ? HOME : path;
  } catch {
    return HOME;
  }
}
