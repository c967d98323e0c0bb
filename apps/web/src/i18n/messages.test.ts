import { PROBLEMS } from '@secateur/base';
import { ACTOR_KINDS, AUDIT_ACTIONS, AUDIT_GROUPS } from '@secateur/core/audit/schemas';
import { HOLD_NAMES } from '@secateur/core/shields/policy';
import type { Outcome, ShieldView, SpareReason } from '@secateur/core/shields/schemas';
import { TargetReason } from '@secateur/db';
import { createTranslator } from 'next-intl';
import { expect, test } from 'vitest';
import messages from '../../messages/en.json' with { type: 'json' };
import { FORMATS } from './formats.ts';

/** The keys of an object that has every one of a union's members, or it would not compile. */
const all = <T extends string>(members: Record<T, true>): string[] => Object.keys(members).sort();

test('every problem has two sentences', () => {
  expect(Object.keys(messages.problems).sort()).toEqual([...PROBLEMS].sort());
  for (const { what, next } of Object.values(messages.problems)) expect([what, next]).not.toContain('');
});

test('every outcome has a name', () => {
  const outcomes = all<Outcome>({
    waiting: true,
    sending: true,
    done: true,
    lifting: true,
    lifted: true,
    spared: true,
    already: true,
    lifted_by_you: true,
    kept: true,
    failed: true,
    kept_by_another: true,
    never_done: true,
  });
  expect(Object.keys(messages.outcomes).sort()).toEqual(outcomes);
});

test('every reason for waiting has its sentences', () => {
  type Why = NonNullable<ShieldView['waiting']>['why'];
  const reasons = all<Why>({
    people: true,
    tokens: true,
    budget: true,
    network: true,
    connection: true,
    spending: true,
    unpaid: true,
    capped: true,
    closed: true,
  });
  const { until, untilDay, ...known } = messages.waiting;
  expect([until, untilDay]).not.toContain('');
  expect(Object.keys(known).sort()).toEqual(reasons);
});

test('every reason to spare somebody, and every end, has a name', () => {
  const spared = all<SpareReason>({
    yourself: true,
    you_follow: true,
    follows_you: true,
    mutual: true,
    allowed: true,
    protected: true,
    talked: true,
    verified: true,
    popular: true,
  });
  expect(Object.keys(messages.spared).sort()).toEqual(spared);
  expect(Object.keys({ ...messages.spared, ...messages.ended }).sort()).toEqual(Object.keys(TargetReason).sort());
});

test('every length has a name', () => {
  const { days, ...named } = messages.holds;
  expect(days).not.toBe('');
  expect(Object.keys(named).sort()).toEqual([...HOLD_NAMES].sort());
});

test('everything that leaves an audit row has a sentence, and nothing else has', () => {
  expect(
    paths(messages.activity.said)
      .map(([action]) => action)
      .sort(),
  ).toEqual(Object.keys(AUDIT_ACTIONS).sort());
  expect(Object.keys(messages.activity.filter.kinds).sort()).toEqual([...ACTOR_KINDS].sort());
  expect(Object.keys(messages.activity.filter.groups).sort()).toEqual([...AUDIT_GROUPS].sort());
});

function paths(node: object, path = ''): [string, string][] {
  return Object.entries(node).flatMap(([key, value]: [string, object | string]) => {
    const here = path ? `${path}.${key}` : key;
    return typeof value === 'string' ? [[here, value] as [string, string]] : paths(value, here);
  });
}

test.each(paths(messages))('%s can be said', (path, text) => {
  const faults: string[] = [];
  const t = createTranslator({
    locale: 'en',
    messages,
    formats: FORMATS,
    onError: (error) => faults.push(error.message),
  });
  const values = Object.fromEntries([...text.matchAll(/\{(\w+)/g)].map(([, name = '']) => [name, 1]));
  const tags = Object.fromEntries([...text.matchAll(/<(\w+)>/g)].map(([, name = '']) => [name, () => 'x']));
  expect(t.markup(path as 'app.name', { ...values, ...tags })).not.toBe('');
  expect(faults).toEqual([]);
});
