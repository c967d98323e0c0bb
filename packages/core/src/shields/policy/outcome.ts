import type { Outcome } from '../schemas.ts';

/**
 * What a page says of a target, from its own state and its effect's. Only an acknowledged effect is `done`. When its shield
 * has ended, a target that is not over is one for whom the shield did nothing: what holds now is others' doing.
 */
export function outcomeOf(
  target: { state: string; reason: string | null },
  effect: { state: string } | null,
  shield: { state: string },
): Outcome {
  if (target.state === 'spared') return 'spared';
  if (target.state === 'covering' && shield.state === 'ended') {
    return effect?.state === 'by_hand' ? 'already' : effect?.state === 'failed' ? 'failed' : 'never_done';
  }
  if (target.state === 'over') {
    if (target.reason === 'lifted_by_you') return 'lifted_by_you';
    if (target.reason === 'cancelled' || target.reason === 'disconnected') return 'never_done';
    if (target.reason === 'kept') return 'kept';
    return effect?.state === 'applied' || effect?.state === 'by_hand' ? 'kept_by_another' : 'lifted';
  }
  switch (effect?.state) {
    case 'applying':
      return 'sending';
    case 'applied':
      return 'done';
    case 'lifting':
      return 'lifting';
    case 'by_hand':
      return 'already';
    case 'undone':
      return 'lifted_by_you';
    case 'failed':
      return 'failed';
    default:
      return 'waiting';
  }
}
