const STATIC = new Set(['atproto', 'transition:generic', 'transition:email', 'transition:chat.bsky']);

/** One permission of a granted scope: atproto.com/specs/permission. */
type Permission = { kind: string; names: string[]; query: URLSearchParams };

/** What a method needs of whoever calls it. */
export type Need = { repo: string; action: 'create' | 'update' | 'delete' } | { rpc: string };

/** The permissions of a request that the server understands, once each; it drops the others, as the reference does. */
export function understood(scope: string): string[] {
  return [...new Set(scope.split(' '))].filter((one) => STATIC.has(one) || permission(one) !== null);
}

/** Whether a scope allows it. */
export function allows(scope: string, need: Need): boolean {
  return scope.split(' ').some((one) => {
    if (one === 'transition:generic') return true;
    const granted = permission(one);
    if (granted === null) return false;
    const covers = (wanted: string) => granted.names.includes(wanted) || granted.names.includes('*');
    if ('rpc' in need) return granted.kind === 'rpc' && covers(need.rpc);
    const actions = granted.query.getAll('action');
    return granted.kind === 'repo' && covers(need.repo) && (actions.length === 0 || actions.includes(need.action));
  });
}

/** The scope that a missing permission would have had, as the server names it. */
export function nameOf(need: Need): string {
  return 'rpc' in need ? `rpc:${need.rpc}?aud=*` : `repo:${need.repo}?action=${need.action}`;
}

function permission(text: string): Permission | null {
  const [head = '', search = ''] = text.split('?');
  const [kind = '', name] = head.split(':');
  const query = new URLSearchParams(search);
  const names = name === undefined ? query.getAll(kind === 'rpc' ? 'lxm' : 'collection') : [decodeURIComponent(name)];
  if (names.length === 0) return null;
  if (kind === 'repo') return { kind, names, query };
  return kind === 'rpc' && query.has('aud') ? { kind, names, query } : null;
}
