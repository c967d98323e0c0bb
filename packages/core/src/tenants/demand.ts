import { Refusal } from '@secateur/base';
import type { MemberContext } from '../context/index.ts';
import { type Permission, permitted } from './policy/index.ts';

/**
 * The first line of every verb that a member calls: throws the Refusal `not_allowed` when they may not, and `suspended`
 * when nobody in their tenant may at present. `connectionIds` are those that the verb is about.
 */
export function demand(ctx: MemberContext, permission: Permission, connectionIds: readonly string[] = []): void {
  const verdict = permitted(ctx.actor, permission, connectionIds, ctx.clock.now());
  if (!verdict.allowed) throw new Refusal(verdict.because === 'suspended' ? 'suspended' : 'not_allowed');
}
