import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { countPlaywright, countVitest, total } from './count.ts';

let dir: string;
let file: string;
beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'secateur-count-'));
  file = join(dir, 'report.json');
});
afterEach(() => rmSync(dir, { recursive: true }));

const write = (report: unknown) => writeFileSync(file, JSON.stringify(report));

test('a test of vitest that did not pass has failed, be it only skipped, and is named', () => {
  const assertionResults = [
    { status: 'failed', fullName: 'it holds', failureMessages: ['expected 1\nto be 2'] },
    { status: 'skipped', fullName: 'it stays' },
    { status: 'passed', fullName: 'it goes' },
  ];
  write({
    numTotalTests: 5,
    numPassedTests: 3,
    testResults: [{ name: 'a.test.ts', status: 'failed', assertionResults }],
  });
  const failures = ['a.test.ts: it holds\n    expected 1\n    to be 2', 'a.test.ts: it stays\n    skipped'];
  expect(countVitest(file)).toEqual({ passed: 3, failed: 2, failures });
});

test('a test file that could not be loaded is a failure', () => {
  const unloaded = { name: 'a.test.ts', status: 'failed', message: 'no such module', assertionResults: [] };
  write({ numTotalTests: 3, numPassedTests: 3, testResults: [unloaded] });
  expect(countVitest(file)).toEqual({ passed: 3, failed: 1, failures: ['a.test.ts\n    no such module'] });
});

test('a browser test that passed at the second try has failed, and is named wherever it stands', () => {
  const tests = [{ status: 'flaky', results: [{ error: { message: 'no button' } }, {}] }];
  const inner = { specs: [{ file: 'a.spec.ts', line: 3, title: 'it opens', tests }] };
  const stats = { expected: 4, unexpected: 0, flaky: 1, skipped: 0 };
  write({ stats, errors: [], suites: [{ specs: [], suites: [inner] }] });
  expect(countPlaywright(file)).toEqual({ passed: 4, failed: 1, failures: ['a.spec.ts:3: it opens\n    no button'] });
});

test('no report, or a report of nothing, is a failure', () => {
  expect(countVitest(file)).toMatchObject({ passed: 0, failed: 1 });
  write({ numTotalTests: 0, numPassedTests: 0, testResults: [] });
  expect(countVitest(file)).toMatchObject({ passed: 0, failed: 1 });
});

test('steps add up', () => {
  const counts = [
    { passed: 2, failed: 1, failures: ['one'] },
    { passed: 5, failed: 0, failures: [] },
  ];
  expect(total(counts)).toEqual({ passed: 7, failed: 1, failures: ['one'] });
});
