import { createHash } from 'node:crypto';

/** The key of an advisory lock, from a name: a 64-bit number, as text since it is beyond what a number holds. */
export function lockKey(name: string): string {
  return createHash('sha256').update(`secateur\0${name}`).digest().readBigInt64BE().toString();
}
