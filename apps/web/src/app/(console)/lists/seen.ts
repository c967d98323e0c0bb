import type { SubscriptionView } from '@secateur/core/sharing/schemas';

type Changed = Pick<SubscriptionView, 'id' | 'changedAt'>;

const keyOf = ({ id }: Changed) => `secateur.list-seen.${id}`;

/** Whether a list has changed since this browser showed it. */
export function isNews(list: Changed): boolean {
  if (list.changedAt === null) return false;
  try {
    return (localStorage.getItem(keyOf(list)) ?? '') < list.changedAt.toISOString();
  } catch {
    return true;
  }
}

/** Remembers that this browser showed what became of a list. */
export function markSeen(list: Changed): void {
  if (list.changedAt === null) return;
  try {
    localStorage.setItem(keyOf(list), list.changedAt.toISOString());
  } catch {
    // A browser that stores nothing tells it again.
  }
}
