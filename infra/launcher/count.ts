import { existsSync, readFileSync } from 'node:fs';

export type Count = {
  passed: number;
  failed: number;
  /** What is to be read again at the very end: each failure by name, with the beginning of what it said. */
  failures: readonly string[];
};

/** One failure, in words. */
export const failure = (words: string): Count => ({ passed: 0, failed: 1, failures: [words] });

/** What a step counts for that ended without a report: one failure, so that silence is never success. */
const noReport = () => failure('no report, or one without a test');

/** Counts vitest's JSON report. A file that could not even be loaded is one failure; a skipped test is one too. */
export function countVitest(file: string): Count {
  const report = read<VitestReport>(file);
  if (!report) return noReport();
  const unloaded = report.testResults.filter((one) => one.status === 'failed' && one.assertionResults.length === 0);
  const notPassed = report.testResults.flatMap(({ name, assertionResults }) =>
    assertionResults
      .filter(({ status }) => status !== 'passed')
      .map((test) => told(`${name}: ${test.fullName}`, test.failureMessages?.[0] ?? test.status)),
  );
  return judged(report.numPassedTests, report.numTotalTests - report.numPassedTests + unloaded.length, [
    ...unloaded.map(({ name, message }) => told(name, message ?? 'could not be loaded')),
    ...notPassed,
  ]);
}

/** Counts Playwright's JSON report. A test that passed only when tried again has failed, and so has a skipped one. */
export function countPlaywright(file: string): Count {
  const report = read<PlaywrightReport>(file);
  if (!report) return noReport();
  const { expected, unexpected, flaky, skipped } = report.stats;
  return judged(expected, unexpected + flaky + skipped + report.errors.length, [
    ...report.errors.map(({ message }) => told('before any test', message ?? '')),
    ...report.suites.flatMap(notExpected),
  ]);
}

/** The sum of several counts. */
export function total(counts: readonly Count[]): Count {
  return {
    passed: counts.reduce((sum, one) => sum + one.passed, 0),
    failed: counts.reduce((sum, one) => sum + one.failed, 0),
    failures: counts.flatMap((one) => one.failures),
  };
}

/** A suite that ran nothing has not passed. */
function judged(passed: number, failed: number, failures: readonly string[]): Count {
  return passed + failed === 0 ? noReport() : { passed, failed, failures };
}

function notExpected({ specs, suites = [] }: PlaywrightSuite): string[] {
  const own = specs.flatMap(({ file, line, title, tests }) =>
    tests
      .filter(({ status }) => status !== 'expected')
      .map(({ status, results }) => told(`${file}:${line}: ${title}`, results[0]?.error?.message ?? status)),
  );
  return [...own, ...suites.flatMap(notExpected)];
}

const LINES = 16;

const told = (name: string, message: string) => [name, ...message.split('\n').slice(0, LINES)].join('\n    ');

type VitestReport = {
  numTotalTests: number;
  numPassedTests: number;
  testResults: {
    name: string;
    status: string;
    message?: string;
    assertionResults: { status: string; fullName: string; failureMessages?: string[] }[];
  }[];
};
type PlaywrightReport = {
  stats: { expected: number; unexpected: number; flaky: number; skipped: number };
  errors: { message?: string }[];
  suites: PlaywrightSuite[];
};
type PlaywrightSuite = {
  specs: {
    file: string;
    line: number;
    title: string;
    tests: { status: string; results: { error?: { message?: string } }[] }[];
  }[];
  suites?: PlaywrightSuite[];
};

function read<Report>(file: string): Report | null {
  return existsSync(file) ? (JSON.parse(readFileSync(file, 'utf8')) as Report) : null;
}
