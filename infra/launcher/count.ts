import { existsSync, readFileSync } from 'node:fs';

export type Count = { passed: number; failed: number };

/** What a step counts for that ended without a report: one failure, so that silence is never success. */
const NO_REPORT: Count = { passed: 0, failed: 1 };

/** Counts vitest's JSON report. A file that could not even be loaded is one failure; a skipped test is one too. */
export function countVitest(file: string): Count {
  const report = read<VitestReport>(file);
  if (!report) return NO_REPORT;
  const unloaded = report.testResults.filter((one) => one.status === 'failed' && one.assertionResults.length === 0);
  return judged(report.numPassedTests, report.numTotalTests - report.numPassedTests + unloaded.length);
}

/** Counts Playwright's JSON report. A test that passed only when tried again has failed, and so has a skipped one. */
export function countPlaywright(file: string): Count {
  const report = read<PlaywrightReport>(file);
  if (!report) return NO_REPORT;
  const { expected, unexpected, flaky, skipped } = report.stats;
  return judged(expected, unexpected + flaky + skipped + report.errors.length);
}

/** The sum of several counts. */
export function total(counts: readonly Count[]): Count {
  return counts.reduce((sum, one) => ({ passed: sum.passed + one.passed, failed: sum.failed + one.failed }), {
    passed: 0,
    failed: 0,
  });
}

/** A suite that ran nothing has not passed. */
function judged(passed: number, failed: number): Count {
  return passed + failed === 0 ? NO_REPORT : { passed, failed };
}

type VitestReport = {
  numTotalTests: number;
  numPassedTests: number;
  testResults: { status: string; assertionResults: unknown[] }[];
};
type PlaywrightReport = {
  stats: { expected: number; unexpected: number; flaky: number; skipped: number };
  errors: unknown[];
};

function read<Report>(file: string): Report | null {
  return existsSync(file) ? (JSON.parse(readFileSync(file, 'utf8')) as Report) : null;
}
