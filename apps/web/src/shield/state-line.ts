import type { ShieldView } from '@secateur/core/shields/schemas';

type Facts = Pick<ShieldView, 'state' | 'action' | 'counts' | 'pausedAt' | 'cancelledAt' | 'undoneAt' | 'letGoAt'> &
  Partial<Pick<ShieldView, 'listed' | 'expected'>>;

export type StateLine =
  | { key: 'preview' | 'discarded' | 'planning' }
  | { key: 'gathering'; values: { listed: number; expected: number } }
  | { key: 'gatheringUnknown'; values: { listed: number } }
  | { key: 'acting'; values: { action: string; done: number; all: number } }
  | { key: 'paused'; values: { done: number; all: number } }
  | { key: 'holding'; values: { action: string; done: number } }
  | { key: 'holdingSome'; values: { action: string; done: number; failed: number } }
  | { key: 'lettingGo'; values: { done: number; date: Date } }
  | { key: 'stopped'; values: { done: number } }
  | { key: 'lifting' | 'undoing'; values: { over: number; all: number } }
  | { key: 'ended' | 'undone'; values: { over: number } };

/**
 * Where a shield stands, as the sentence that says it. Only what the network has confirmed is ever called done; what
 * is planned counts as waiting.
 */
export function stateLine(shield: Facts): StateLine {
  const { state, action, counts } = shield;
  const { done, pending, failed, over } = counts;
  const all = done + pending + failed;
  switch (state) {
    case 'preview':
    case 'discarded':
      return { key: state };
    case 'ended':
      return { key: shield.undoneAt || shield.letGoAt ? 'undone' : 'ended', values: { over } };
    case 'lifting':
      return { key: shield.undoneAt ? 'undoing' : 'lifting', values: { over, all: done + over } };
  }
  if (shield.undoneAt) return { key: 'undoing', values: { over, all: done + over } };
  if (shield.letGoAt) return { key: 'lettingGo', values: { done, date: shield.letGoAt } };
  if (shield.cancelledAt) return { key: 'stopped', values: { done } };
  if (shield.pausedAt) return { key: 'paused', values: { done, all } };
  if (state === 'gathering' && done === 0) return gathering(shield);
  if (state === 'holding') {
    return failed > 0
      ? { key: 'holdingSome', values: { action, done, failed } }
      : { key: 'holding', values: { action, done } };
  }
  return { key: 'acting', values: { action, done, all } };
}

function gathering({ listed, expected, counts }: Facts): StateLine {
  if (listed === undefined) return { key: 'planning' };
  if (expected === null || expected === undefined) return { key: 'gatheringUnknown', values: { listed } };
  if (listed >= expected && counts.total === 0) return { key: 'planning' };
  return { key: 'gathering', values: { listed, expected } };
}
