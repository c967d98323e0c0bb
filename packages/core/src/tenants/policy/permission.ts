/** What a member is in a tenant. */
export const ROLES = ['owner', 'admin', 'helper', 'viewer'] as const;
export type Role = (typeof ROLES)[number];

/** What a helper's grant may name, for one connection. */
export const GRANT_VERBS = ['view', 'prepare', 'run', 'undo'] as const;
export type GrantVerb = (typeof GRANT_VERBS)[number];

/** What a helper may do with one connection, until when. */
export type Grant = { connectionId: string; verbs: readonly GrantVerb[]; expiresAt: Date };

/** How a user stands in a tenant. */
export type Standing = {
  role: Role;
  /** The tenant is suspended: it may look, undo and leave, and begin nothing. */
  suspended: boolean;
  /** A helper's grants; of nobody else. */
  grants: readonly Grant[];
};

/** Everything that can be asked for. The first four are about connections; a helper has them by grant. */
export const PERMISSIONS = [
  'look',
  'prepare',
  'run',
  'undo',
  'connections',
  'connections.leave',
  'people',
  'lists',
  'lists.end',
  'members.look',
  'members',
  'trail',
  'export',
  'spending',
  'delete',
] as const;
export type Permission = (typeof PERMISSIONS)[number];

export type Verdict = { allowed: true } | { allowed: false; because: 'role' | 'suspended' | 'grant' };

const BY_ROLE: Record<Role, readonly Permission[]> = {
  owner: PERMISSIONS,
  admin: PERMISSIONS.filter((one) => one !== 'delete' && one !== 'spending'),
  helper: ['look', 'prepare', 'run', 'undo'],
  viewer: ['look'],
};

/** What begins something new. A suspended tenant can't, but what it began it can still see, undo and take away. */
const BEGINS: readonly Permission[] = ['prepare', 'run', 'connections', 'lists', 'members', 'spending'];

const VERB_FOR: Partial<Record<Permission, GrantVerb>> = {
  look: 'view',
  prepare: 'prepare',
  run: 'run',
  undo: 'undo',
};

/**
 * Whether somebody may do this, about these connections. A helper needs a live grant for every one of them; asked about
 * none, for at least one. To prepare, run or undo is to see: those verbs need `view` beside them.
 */
export function permitted(
  { role, suspended, grants }: Standing,
  permission: Permission,
  connectionIds: readonly string[],
  now: Date,
): Verdict {
  if (!BY_ROLE[role].includes(permission)) return { allowed: false, because: 'role' };
  if (suspended && BEGINS.includes(permission)) return { allowed: false, because: 'suspended' };
  const verb = VERB_FOR[permission];
  if (role !== 'helper' || !verb) return { allowed: true };
  const granted = new Set(
    grants
      .filter(({ verbs, expiresAt }) => expiresAt > now && verbs.includes('view') && verbs.includes(verb))
      .map(({ connectionId }) => connectionId),
  );
  const enough = connectionIds.length === 0 ? granted.size > 0 : connectionIds.every((id) => granted.has(id));
  return enough ? { allowed: true } : { allowed: false, because: 'grant' };
}

/** The connections that somebody may see: all of the tenant's (null), or those of a helper's live grants. */
export function visible({ role, grants }: Standing, now: Date): string[] | null {
  if (role !== 'helper') return null;
  const live = grants.filter(({ verbs, expiresAt }) => expiresAt > now && verbs.includes('view'));
  return [...new Set(live.map(({ connectionId }) => connectionId))];
}
