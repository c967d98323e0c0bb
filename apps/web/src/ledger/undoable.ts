import type { LedgerEntry, LedgerPlace } from '@secateur/core/ledger/schemas';

/** Whether undoing somebody still changes anything. */
export function isUndoable({ standing, reason }: Pick<LedgerEntry, 'standing' | 'reason'>): boolean {
  return reason !== 'undone_one' && (standing === 'planned' || standing === 'done' || standing === 'by_shield');
}

/** One entry among all. */
export function keyOf({ shieldId, accountId, profileId, action }: LedgerPlace): string {
  return `${shieldId} ${accountId} ${profileId} ${action}`;
}
