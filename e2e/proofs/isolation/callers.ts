/** Everybody who might ask. `elsewhere` is the helper, asking about an account that nobody granted them. */
export const CALLERS = [
  'anonymous',
  'stranger',
  'expired',
  'elsewhere',
  'helper',
  'viewer',
  'admin',
  'owner',
  'suspended',
] as const;
export type Caller = (typeof CALLERS)[number];

/** What a procedure asks of who calls it. */
export type Asks =
  | 'anybody'
  | 'nobody'
  | 'signed-in'
  | 'member'
  | 'look'
  | 'look-all'
  | 'prepare'
  | 'run'
  | 'undo'
  | 'undo-all'
  | 'connections'
  | 'connections.leave'
  | 'people'
  | 'lists'
  | 'lists.end'
  | 'export'
  | 'spending'
  | 'delete'
  | 'members.look'
  | 'members'
  | 'trail';

const SIGNED_IN: readonly Caller[] = CALLERS.filter((caller) => caller !== 'anonymous');
const INCHARGE: readonly Caller[] = ['admin', 'owner'];

/**
 * Who may do what about things of the tenant: written down here once more and by hand, so that the product's own table is
 * held against something. The suspended one asks about their own things.
 */
export const MAY: Record<Asks, readonly Caller[]> = {
  anybody: CALLERS,
  nobody: [],
  'signed-in': SIGNED_IN,
  member: SIGNED_IN.filter((caller) => caller !== 'stranger'),
  look: ['helper', 'viewer', 'suspended', ...INCHARGE],
  'look-all': ['viewer', 'suspended', ...INCHARGE],
  prepare: ['helper', ...INCHARGE],
  run: ['helper', ...INCHARGE],
  undo: ['helper', 'suspended', ...INCHARGE],
  'undo-all': ['suspended', ...INCHARGE],
  connections: INCHARGE,
  'connections.leave': ['suspended', ...INCHARGE],
  people: ['suspended', ...INCHARGE],
  lists: INCHARGE,
  'lists.end': ['suspended', ...INCHARGE],
  export: ['suspended', ...INCHARGE],
  spending: ['owner'],
  delete: ['suspended', 'owner'],
  'members.look': ['suspended', ...INCHARGE],
  members: INCHARGE,
  trail: ['suspended', ...INCHARGE],
};

/** Groups of marks: the granted account, the hidden one, the members, the spared people, the tenant itself. */
export const GROUPS = ['granted', 'hidden', 'members', 'spared', 'tenant'] as const;
export type Group = (typeof GROUPS)[number];

/** Whose marks may be in an answer to whom. */
export const SEES: Record<Caller, readonly Group[]> = {
  anonymous: [],
  stranger: [],
  expired: ['tenant'],
  elsewhere: ['granted', 'tenant'],
  helper: ['granted', 'tenant'],
  viewer: ['granted', 'hidden', 'spared', 'tenant'],
  admin: GROUPS,
  owner: GROUPS,
  suspended: [],
};
