import type { ShieldView } from '@secateur/core/shields/schemas';

export type Move = 'pause' | 'resume' | 'extend' | 'cancel' | 'undo';

/** What a member must be permitted to make a move. */
export const NEEDS = { pause: 'undo', cancel: 'undo', undo: 'undo', resume: 'run', extend: 'run' } as const;

type Facts = Pick<ShieldView, 'state' | 'pausedAt' | 'cancelledAt' | 'undoneAt' | 'letGoAt'>;

/** What a member can do with a shield as it stands. */
export function movesOf({ state, pausedAt, cancelledAt, undoneAt, letGoAt }: Facts): Move[] {
  if (undoneAt || state === 'preview' || state === 'discarded' || state === 'ended') return [];
  if (letGoAt) return ['undo'];
  const adding = (state === 'gathering' || state === 'acting') && !cancelledAt;
  const moves: Move[] = [];
  if (pausedAt) moves.push('resume');
  else if (adding) moves.push('pause');
  if (state !== 'lifting') moves.push('extend');
  if (adding) moves.push('cancel');
  moves.push('undo');
  return moves;
}
