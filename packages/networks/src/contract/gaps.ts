import { expect, test as plainly } from 'vitest';
import type { NetworkProblem } from '../port.ts';
import type { World } from './world.ts';

declare module 'vitest' {
  interface TaskMeta {
    /** Why a server can't show this behaviour: reports tell it. */
    gap?: string;
  }
}

/**
 * A behaviour that one server can't show: why, and what the adapter answers there in place of it. Either the refusal with which
 * it ends, or what else holds, where it ends with another answer than was asked for.
 */
export type Gap = { why: string; answer: NetworkProblem | ((world: World) => Promise<void>) };
/** By the behaviour's whole name below the server's own, its parts joined by ` > `. */
export type Gaps = Readonly<Record<string, Gap>>;

/**
 * Of the contract that is being put together; each behaviour keeps what it was when it was defined. Groups define theirs after the group
 * that they are in and before the next beside that, so it is never taken back.
 */
let current: { gaps: Gaps; met: Set<string>; world(): World } | null = null;

/** Defines behaviours of a server with these gaps, and one more: that each gap is of a behaviour that there is. */
export function withGaps(gaps: Gaps, world: () => World, define: () => void): void {
  const met = new Set<string>();
  current = { gaps, met, world };
  define();
  if (Object.keys(gaps).length === 0) return;
  plainly('each of its gaps is of a behaviour', () => {
    expect([...met].sort()).toEqual(Object.keys(gaps).sort());
  });
}

/** A behaviour. Where it is a gap it must fail, with the answer that is known; one that holds is no gap any more. */
export function test(name: string, check: () => unknown): void {
  const at = current;
  plainly(name, async ({ task }) => {
    // Without the group that is the server's.
    const path = pathOf(task).slice(1).join(' > ');
    const gap = at?.gaps[path];
    if (!at || !gap) return void (await check());
    at.met.add(path);
    task.meta.gap = gap.why;
    const ended = await (async () => check())().then(
      () => null,
      (error: unknown) => error,
    );
    expect(ended, `no gap any more: ${gap.why}`).not.toBeNull();
    if (typeof gap.answer === 'string')
      return expect(ended).toMatchObject({ name: 'NetworkError', problem: gap.answer });
    expect(ended).toMatchObject({ name: 'AssertionError' });
    await gap.answer(at.world());
  });
}

type Task = { name: string; suite?: Task | undefined };

/** The names of its groups, and its own. */
function pathOf(task: Task): string[] {
  return [...(task.suite ? pathOf(task.suite) : []), task.name];
}
