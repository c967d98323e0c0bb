import type { AnyTRPCRouter } from '@trpc/server';

/** Whether `path` names a procedure of `router` that is a stream, which browsers open with a GET. */
export function isStream(router: AnyTRPCRouter, path: string): boolean {
  const procedures: Record<string, { _def?: { type?: string } } | undefined> = router._def.procedures;
  return procedures[path]?._def?.type === 'subscription';
}
