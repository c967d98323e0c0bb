import type { ShieldState } from '@secateur/core/shields/schemas';
import { expect, test } from 'vitest';
import { movesOf } from './moves.ts';

const AT = new Date('2026-11-21T10:00:00Z');
const shield = (state: ShieldState, more = {}) => ({
  state,
  pausedAt: null,
  cancelledAt: null,
  undoneAt: null,
  letGoAt: null,
  ...more,
});

test.each([
  ['acting', shield('acting'), ['pause', 'extend', 'cancel', 'undo']],
  ['paused', shield('acting', { pausedAt: AT }), ['resume', 'extend', 'cancel', 'undo']],
  ['stopped', shield('acting', { cancelledAt: AT }), ['extend', 'undo']],
  ['holding', shield('holding'), ['extend', 'undo']],
  ['lifting', shield('lifting'), ['undo']],
  ['let go with all others', shield('holding', { cancelledAt: AT, letGoAt: AT }), ['undo']],
  ['being undone', shield('acting', { undoneAt: AT }), []],
  ['ended', shield('ended'), []],
  ['only a preview', shield('preview'), []],
])('a shield that is %s', (_, facts, moves) => {
  expect(movesOf(facts)).toEqual(moves);
});
