import { expect, test } from 'vitest';
import { CALM_RULES } from '../../exemptions/policy/index.ts';
import { judgeRelation, wants } from './wish.ts';

const wish = { ...CALM_RULES, names: ['named'] };
const friend = { profileId: 'friend', follows: true, followedBy: false, talked: false };

test('somebody who came to be one of the account’s people is spared or muted as the shield chose', () => {
  expect(judgeRelation(wish, friend)).toEqual({ choice: 'spare', reason: 'you_follow' });
  expect(judgeRelation({ ...wish, forFollows: 'weaken' }, friend)).toEqual({ choice: 'weaken', reason: 'you_follow' });
  expect(judgeRelation({ ...wish, forFollows: 'nothing' }, friend)).toBeNull();
  expect(judgeRelation(wish, { ...friend, profileId: 'named' })).toBeNull();
});

test('somebody whom the account came to talk with is spared or muted as the shield chose', () => {
  const partner = { ...friend, follows: false, talked: true };
  expect(judgeRelation(wish, partner)).toBeNull();
  expect(judgeRelation({ ...wish, forTalked: 'spare' }, partner)).toEqual({ choice: 'spare', reason: 'talked' });
  expect(judgeRelation({ ...wish, forTalked: 'weaken' }, partner)).toEqual({ choice: 'weaken', reason: 'talked' });
});

test('who is weakened is muted and not blocked, who is spared is neither', () => {
  const weakened = judgeRelation({ ...wish, forFollows: 'weaken' }, friend);
  expect([wants(weakened, 'block'), wants(weakened, 'mute')]).toEqual([false, true]);
  const spared = judgeRelation(wish, friend);
  expect([wants(spared, 'block'), wants(spared, 'mute')]).toEqual([false, false]);
  expect([wants(null, 'block'), wants(null, 'mute')]).toEqual([true, true]);
});
