import { expect, test } from 'vitest';
import { read } from './contract/read.ts';
import { suites } from './contract/suites.ts';

const one = (title: string, status: string, ...ancestorTitles: string[]) => ({ ancestorTitles, title, status });
const report = (...assertionResults: object[]) => JSON.stringify({ testResults: [{ assertionResults }] });

test('behaviours are counted by server', () => {
  const group = 'Bluesky, the sandbox keeps the contract of a network';
  const text = report(
    one('are exact', 'passed', group, 'blocks'),
    one('are told', 'failed', group, 'crowds'),
    one('is renewed', 'skipped', group, 'sessions'),
    one('mutes are lacking', 'passed'),
    { ...one('made twice are held once', 'passed', 'mutes'), meta: { gap: 'there are none' } },
  );
  expect(read('snac2', text, 1)).toEqual([
    { server: 'Bluesky, the sandbox', kept: 1, gaps: [], broken: [{ name: 'crowds are told', why: '' }], left: 1 },
    { server: 'snac2', kept: 1, gaps: [], broken: [], left: 0 },
    {
      server: 'mutes',
      kept: 0,
      gaps: [{ name: 'made twice are held once', why: 'there are none' }],
      broken: [],
      left: 0,
    },
  ]);
});

test('a run that fails beside its tests, or has none, is broken', () => {
  expect(read('x', report(), 0)).toMatchObject([{ server: 'x', broken: [{ name: 'the run itself' }] }]);
  expect(read('x', report(one('a', 'passed')), 1).flatMap(({ broken }) => broken)).toMatchObject([
    { name: 'the run itself' },
  ]);
  expect(() => read('x', 'no report', 1)).toThrow();
});

test('every adapter that has a sandbox is among them', () => {
  expect(suites().map(({ name }) => name)).toEqual(
    expect.arrayContaining(['bluesky', 'mastodon', 'bluesky, real', 'snac2']),
  );
});
