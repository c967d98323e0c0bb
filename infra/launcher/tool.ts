import { spawn } from 'node:child_process';
import { inherited, ROOT } from './env.ts';

/** Runs a program that is on our PATH at the root, its output shown. Throws a sentence when it fails, or is aborted. */
export async function runTool(command: string, args: string[], signal?: AbortSignal): Promise<void> {
  const code = await exitCode(command, args, {}, signal);
  if (code !== 0) throw new Error(`${command} ${args.join(' ')} ended with code ${code}.`);
}

/** The same, but a failure is the caller's to judge. */
export function exitCode(
  command: string,
  args: string[],
  env: Record<string, string> = {},
  signal?: AbortSignal,
): Promise<number> {
  return new Promise((settle, fail) => {
    const child = spawn(command, args, {
      cwd: ROOT,
      env: { ...inherited, ...env },
      stdio: ['ignore', 'inherit', 'inherit'],
      signal,
    });
    child.once('error', fail);
    child.once('close', (code) => settle(code ?? 1));
  });
}

/** The same, with its output (both streams) kept in place of shown. */
export function captured(command: string, args: string[]): Promise<{ code: number; output: string }> {
  return new Promise((settle, fail) => {
    const child = spawn(command, args, { cwd: ROOT, env: inherited, stdio: ['ignore', 'pipe', 'pipe'] });
    let output = '';
    const keep = (part: Buffer) => {
      output += part.toString();
    };
    child.stdout.on('data', keep);
    child.stderr.on('data', keep);
    child.once('error', fail);
    child.once('close', (code) => settle({ code: code ?? 1, output }));
  });
}
