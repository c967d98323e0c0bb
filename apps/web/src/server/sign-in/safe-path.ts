/** Where to go after signing in when nothing else was asked for. */
export const HOME = '/shields';

/** `wanted` when it is a path of this app, otherwise the console. Nobody is sent elsewhere by a link they got. */
export function safePath(wanted: string | null | undefined): string {
  if (!wanted?.startsWith('/')) return HOME;
  const base = 'http://here.invalid';
  try {
    const url = new URL(wanted, base);
    if (url.origin !== base || url.pathname.startsWith('/api/')) return HOME;
    return `${url.pathname}${url.search}`;
  } catch {
    return HOME;
  }
}
