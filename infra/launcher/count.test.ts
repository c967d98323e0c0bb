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

test('a test of vitest that did not pass has failed, be it only skipped', () => {
  write({ numTotalTests: 5, numPassedTests: 3, testResults: [{ status: 'failed', assertionResults: [{}] }] });
  expect(countVitest(file)).toEqual({ passed: 3, failed: 2 });
});

test('a test file that could not be loaded is a failure', () => {
  write({ numTotalTests: 3, numPassedTests: 3, testResults: [{ status: 'failed', assertionResults: [] }] });
  expect(countVitest(file)).toEqual({ passed: 3, failed: 1 });
});

test('a browser test that passed at the second try has failed', () => {
  write({ stats: { expected: 4, unexpected: 0, flaky: 1, skipped: 0 }, errors: [] });
  expect(countPlaywright(file)).toEqual({ passed: 4, failed: 1 });
});

test('no report, or a report of nothing, is a failure', () => {
  expect(countVitest(file)).toEqual({ passed: 0, failed: 1 });
  write({ numTotalTests: 0, numPassedTests: 0, testResults: [] });
  expect(countVitest(file)).toEqual({ passed: 0, failed: 1 });
});

test('steps add up', () => {
  const counts = [
    { passed: 2, failed: 1 },
    { passed: 5, failed: 0 },
  ];
  expect(total(counts)).toEqual({ passed: 7, failed: 1 });
});
