import { join } from 'node:path';
import { type SandboxControl, sandboxControl } from '@secateur/sandbox';
import { type Child, startChild } from './child.ts';

/** A sandbox in a process of its own: nobody in it, the documented limits off. */
export type SandboxProcess = { url: string; control: SandboxControl; child: Child; close(): Promise<void> };

const MAIN = join(import.meta.dirname, '../../../apps/sandbox/src/main.ts');

/** `origin`: where it says that it is, when something stands before it. */
export async function startSandboxProcess(seed: number, origin = ''): Promise<SandboxProcess> {
  const env = { SANDBOX_PORT: '0', SANDBOX_SEED: `proof ${seed}`, SANDBOX_LIMITS: 'off', SANDBOX_WORLD: 'empty' };
  const child = startChild({ args: [MAIN], env: origin === '' ? env : { ...env, SANDBOX_ORIGIN: origin } });
  const url = await child.line((line) => /^sandbox network at (.*)$/.exec(line)?.[1]);
  return { url, control: sandboxControl(url), child, close: () => child.end() };
}
