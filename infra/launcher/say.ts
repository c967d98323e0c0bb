import { BEGUN } from './env.ts';

/** A line of progress, with the seconds since the command was given. */
export function say(text: string): void {
  const seconds = ((Date.now() - BEGUN) / 1_000).toFixed(1).padStart(5);
  process.stdout.write(`[${seconds} s] ${text}\n`);
}

/** Lines as they are. */
export function print(text: string): void {
  process.stdout.write(`${text}\n`);
}
