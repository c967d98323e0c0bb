import { captured } from './tool.ts';

const SOURCES = ['apps', 'packages', 'infra', 'e2e'];

/** The static checks: what each is called and the command that fails when it finds something. */
const CHECKS: Readonly<Record<string, readonly [string, ...string[]]>> = {
  'format and lint': ['biome', 'check', '--error-on-warnings'],
  types: ['turbo', 'run', 'typecheck', '--output-logs=errors-only'],
  'import rule': ['depcruise', '--config', '.dependency-cruiser.mjs', ...SOURCES],
  'browser imports': ['depcruise', '--config', '.dependency-cruiser.browser.mjs', ...SOURCES],
  'dead code': ['knip'],
};

export type Checked = { name: string; ok: boolean; output: string };

/** Runs every check at once. */
export function runChecks(): Promise<Checked[]> {
  const runs = Object.entries(CHECKS).map(async ([name, [command, ...args]]) => {
    const { code, output } = await captured(command, args);
    return { name, ok: code === 0, output };
  });
  return Promise.all(runs);
}
