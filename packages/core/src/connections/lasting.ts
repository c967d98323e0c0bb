import type { Grant } from '@secateur/networks/port';
import { nextTending } from './policy/index.ts';

/** What a connection's row says about how long its credentials last, and what they allow. */
export function lasting(grant: Grant, toldAt: Date | null, now: Date) {
  return {
    rights: grant.rights,
    broad: grant.broad,
    crowds: grant.crowds,
    endsAt: grant.endsAt,
    tendAt: nextTending({ ...grant, toldAt }, now),
  };
}
