import fc from 'fast-check';
import { expect, test } from 'vitest';
import { CHOICES, choiceOf, type Facts, finds, judgeBy, mayWeaken, RULED, type Rules, STRANGER } from './exempt.ts';

const choice = fc.constantFrom(...CHOICES);
const rules: fc.Arbitrary<Rules> = fc.record({
  forFollows: choice,
  forFollowers: choice,
  forMutuals: choice,
  forTalked: choice,
  forVerified: choice,
  forPopular: choice,
});
const facts: fc.Arbitrary<Facts> = fc.record({
  own: fc.boolean(),
  protected: fc.boolean(),
  allowed: fc.boolean(),
  follows: fc.boolean(),
  followedBy: fc.boolean(),
  talked: fc.boolean(),
  verified: fc.boolean(),
  popular: fc.boolean(),
});
const nobody: Rules = {
  forFollows: 'nothing',
  forFollowers: 'nothing',
  forMutuals: 'nothing',
  forTalked: 'nothing',
  forVerified: 'nothing',
  forPopular: 'nothing',
};
const SAFETY = { spare: 2, weaken: 1, nothing: 0 };
const safety = (f: Facts, r: Rules, named: boolean) => SAFETY[judgeBy(f, r, named)?.choice ?? 'nothing'];
const all = (property: fc.IPropertyWithHooks<[Facts, Rules]>) => fc.assert(property, { numRuns: 2_000 });

test('nobody hits themselves, a protected account, or whoever is on the allow list, whatever the rules and whoever named them', () => {
  fc.assert(
    fc.property(facts, rules, fc.boolean(), (f, r, named) => {
      const always = f.own ? 'yourself' : f.protected ? 'protected' : f.allowed ? 'allowed' : null;
      if (always) expect(judgeBy(f, r, named)).toEqual({ choice: 'spare', reason: always });
      else if (named) expect(judgeBy(f, r, named)).toBeNull();
    }),
    { numRuns: 2_000 },
  );
});

test('of all rules that find somebody the safest holds, and the reason is one that finds them and did that', () => {
  all(
    fc.property(facts, rules, (known, r) => {
      const f = { ...known, own: false, protected: false, allowed: false };
      const found = RULED.filter((rule) => finds(rule, f));
      expect(safety(f, r, false)).toBe(Math.max(0, ...found.map((rule) => SAFETY[choiceOf(rule, r)])));
      const verdict = judgeBy(f, r, false);
      if (!verdict) return;
      const named = RULED.find((rule) => rule === verdict.reason);
      expect(named && finds(named, f) && choiceOf(named, r) === verdict.choice).toBe(true);
    }),
  );
});

test('a rule that is made safer never makes it worse for anybody, and neither does being known for more', () => {
  fc.assert(
    fc.property(
      facts,
      rules,
      fc.constantFrom(...RULED),
      fc.constantFrom(...keys()),
      fc.boolean(),
      (f, r, rule, fact, named) => {
        const safer = { ...r, [columnOf(rule)]: 'spare' };
        expect(safety(f, safer, named)).toBeGreaterThanOrEqual(safety(f, r, named));
        expect(safety({ ...f, [fact]: true }, r, named)).toBeGreaterThanOrEqual(safety(f, r, named));
      },
    ),
    { numRuns: 2_000 },
  );
});

test('the same facts and rules always come to the same', () => {
  all(
    fc.property(facts, rules, (f, r) => {
      expect(judgeBy({ ...f }, { ...r }, false)).toEqual(judgeBy(f, r, false));
    }),
  );
});

test('each rule by itself does what was chosen, and names itself', () => {
  for (const rule of RULED) {
    const f = { ...STRANGER, ...factsOf(rule) };
    expect(judgeBy(f, nobody, false)).toBeNull();
    for (const chosen of ['spare', 'weaken'] as const) {
      expect(judgeBy(f, { ...nobody, [columnOf(rule)]: chosen }, false)).toEqual({ choice: chosen, reason: rule });
    }
  }
});

test('those who follow each other are named so before they are named as followed or followers', () => {
  const mutual = { ...STRANGER, follows: true, followedBy: true };
  const every = { ...nobody, forFollows: 'spare', forFollowers: 'spare', forMutuals: 'spare' } as const;
  expect(judgeBy(mutual, every, false)?.reason).toBe('mutual');
  expect(judgeBy(mutual, { ...every, forMutuals: 'weaken' }, false)).toEqual({ choice: 'spare', reason: 'you_follow' });
});

test('in a shield that mutes there is nothing to weaken', () => {
  expect(mayWeaken({ ...nobody, forFollows: 'weaken' }, 'mute')).toBe(false);
  expect(mayWeaken({ ...nobody, forFollows: 'weaken' }, 'block')).toBe(true);
  expect(mayWeaken({ ...nobody, forFollows: 'spare' }, 'block')).toBe(false);
});

function keys(): (keyof Facts)[] {
  return ['own', 'protected', 'allowed', 'follows', 'followedBy', 'talked', 'verified', 'popular'];
}

function columnOf(rule: (typeof RULED)[number]): keyof Rules {
  return (Object.keys(nobody) as (keyof Rules)[]).find(
    (column) => choiceOf(rule, { ...nobody, [column]: 'spare' }) === 'spare',
  ) as keyof Rules;
}

function factsOf(rule: (typeof RULED)[number]): Partial<Facts> {
  const follows = { mutual: [true, true], you_follow: [true, false], follows_you: [false, true] } as const;
  if (rule === 'talked' || rule === 'verified' || rule === 'popular') return { [rule]: true };
  const [yours, theirs] = follows[rule];
  return { follows: yours, followedBy: theirs };
}
