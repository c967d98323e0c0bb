/** What becomes of a tenant's rows. `complete.test.ts` compares it with the database: no table is forgotten. */

/**
 * Deleted, in this order: what plans and promises comes before what it would write into, so that nothing is made again
 * behind us. Members come last, and by a function of their own.
 */
export const ERASED = [
  'keepings',
  'shields',
  'sources',
  'shield_connections',
  'appeals',
  'shared_members',
  'shared_lists',
  'subscriptions',
  'undo_orders',
  'upload_members',
  'upload_lines',
  'uploads',
  'grants',
  'invitations',
  'owed_notices',
  'pending_actions',
  'running_exports',
  'exemptions',
  'readings',
  'people',
  'held_by_hand',
  'targets',
  'effects',
  'quotas',
  'spendings',
  'spending_caps',
  'network_accounts',
  'renewals',
  'connections',
  'events',
] as const;

/** Kept, each with its reason. Nothing in them names anybody. */
export const KEPT: Record<string, string> = {
  deletions:
    'what the receipt tells: when it was asked, what was destroyed, how much was deleted; who asked is taken out',
  tenant_keys: 'that and when each key was destroyed; no key is in it',
  intake_shares: 'that and when the share was destroyed; no share is in it',
  audit: 'what was done and when, without whom: a chain with a gap would let anybody deny anything',
  audit_links: 'the chain itself',
  audit_erasures: 'from which lines of the activity a name was taken, so that this is told from tampering',
};
