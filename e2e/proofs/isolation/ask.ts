import type { Caller } from './callers.ts';
import type { World } from './world.ts';

export type Answer = {
  status: number;
  /** Everything that came back. */
  text: string;
  /** The problem it names, if it does. */
  problem: string | null;
};

/** Problems that mean: not you. */
const REFUSALS = ['not_signed_in', 'not_allowed', 'not_found', 'suspended', 'other_address'];

/** Asks a procedure over HTTP as a browser would that holds this caller's cookie. */
export async function ask(
  url: string,
  world: World,
  caller: Caller,
  { path, input }: { path: string; input: unknown },
): Promise<Answer> {
  const response = await fetch(new URL(`/api/trpc/${path}`, url), {
    method: 'POST',
    headers: { ...headersOf(url, world, caller), 'content-type': 'application/json' },
    body: JSON.stringify({ json: input ?? null }),
    redirect: 'manual',
  });
  const text = await response.text();
  return { status: response.status, text, problem: /"problem":"(\w+)"/.exec(text)?.[1] ?? null };
}

/** What a browser sends from a page of ours. */
export function headersOf(url: string, world: World, caller: Caller): Record<string, string> {
  const cookie = world.cookies[caller];
  return { origin: new URL(url).origin, 'sec-fetch-site': 'same-origin', ...(cookie ? { cookie } : {}) };
}

/** Whether somebody was turned away because of who they are; null when it is neither that nor an answer. */
export function turnedAway({ status, problem }: Answer): boolean | null {
  if (problem !== null) return REFUSALS.includes(problem);
  return status < 400 ? false : null;
}
