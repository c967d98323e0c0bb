import { spawn } from 'node:child_process';
import { inherited, ROOT } from './env.ts';

export type ToolOptions = { env?: Record<string, string>; signal?: AbortSignal };
export type ToolResult = { code: number; output: string };

/** Runs a program that is on our PATH at the root and keeps what it prints (both streams). */
export function captured(command: string, args: string[], { env, signal }: ToolOptions = {}): Promise<ToolResult> {
  return new Promise((settle, fail) => {
    const stdio: ['ignore', 'pipe', 'pipe'] = ['ignore', 'pipe', 'pipe'];
    const child = spawn(command, args, { cwd: ROOT, env: { ...inherited, ...env }, stdio, signal });
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

/** The same, quietly: throws its output when it fails. */
export async function runTool(command: string, args: string[], options: ToolOptions = {}): Promise<void> {
  const { code, output } = await captured(command, args, options);
  if (code !== 0) throw new Error(`${command} ${args.join(' ')} ended with code ${code}:\n${output}`);
}

/** Runs a program at the root with its output shown. Returns its exit code. */
export function shown(command: string, args: string[], { env, signal }: ToolOptions = {}): Promise<number> {
  return new Promise((settle, fail) => {
    const child = spawn(command, args, { cwd: ROOT, env: { ...inherited, ...env }, stdio: 'inherit', signal });
    child.once('error', fail);
    child.once('close', (code) => settle(code ?? 1));
  });
}
