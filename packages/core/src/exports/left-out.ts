/** What of a tenant's rows is not taken along, each with its reason. `complete.test.ts` compares it with the database. */

export const LEFT_OUT_TABLES: Record<string, string> = {
  tenant_keys: 'keys that seal the tenant’s secrets: they never leave the workers',
  intake_shares: 'what the tenant’s secrets are sealed with beside the workers’ key: it opens nothing alone',
  running_exports: 'files that are on their way at this moment',
  network_accounts: 'who works on an account at this moment',
  audit_links: 'seals the activity; it proves something only with a key that never leaves the workers',
  audit_erasures: 'from which lines of the activity a name was erased, for checking them',
  owed_notices: 'mails that are about to be sent; they are gone once they are',
  deletions: 'that the tenant is to be deleted; the activity says who asked, and when',
  events: 'tells open pages that something changed; what changed is in the tables, what was done in the activity',
};

/** `table.column`, or `*.column` for every table. */
export const LEFT_OUT_COLUMNS: Record<string, string> = {
  '*.tenant_id': 'the file holds one tenant’s rows; the tenant’s own row names it',
  '*.wake_at': 'when a worker looks at it next',
  '*.tries': 'how often a worker has tried',
  'connections.tend_at': 'when a worker looks after its session next',
  'connections.sealed': 'the network’s credentials, sealed',
  'connections.version': 'which of its credentials it has',
  'invitations.token_hash': 'opens the door that the mail opens',
  'pending_actions.cancel_hash': 'stops what waits, for whoever has the mail',
  'sources.audience_id': 'a public list that tenants share',
  'sources.planned_to': 'how far the plan has come',
  'effects.epoch': 'which turn took it last',
  'effects.rank': 'its turn among the others',
  'effects.resent': 'what its key proves to a worker',
  'readings.generation': 'counts readings',
  'readings.step': 'how far a reading has come',
  'readings.cursor': 'how far a reading has come',
  'readings.started_at': 'how far a reading has come',
  'held_by_hand.generation': 'which reading found it',
  'people.follows_generation': 'which reading found it',
  'people.follower_generation': 'which reading found it',
  'audit.xid': 'the order in which the activity is sealed',
  'audit.actor_salt': 'hides the name in what seals the activity',
  'audit.actor_digest': 'stands for the name in what seals the activity',
  'audit.subject_salt': 'hides the name in what seals the activity',
  'audit.subject_digest': 'stands for the name in what seals the activity',
  'audit.digest': 'seals the row’s ledger entries; it proves something only beside the chain',
};
