import type { LedgerFilter } from '@secateur/core/ledger/schemas';

/** Everybody, in every shield. */
export const EVERYBODY: LedgerFilter = {
  term: null,
  network: null,
  connectionId: null,
  shieldId: null,
  action: null,
  standing: null,
  reason: null,
};

/** Whether anything is left out. */
export function leavesOut(filter: LedgerFilter): boolean {
  return Object.values(filter).some((one) => one !== null);
}
