import { Refusal } from '@secateur/base';
import type { Context } from '@secateur/core/context';
import { actorOf } from '@secateur/core/tenants';
import { type Deed, RULES } from './policy.ts';

type PlaceContext = Context & { user: { id: string }; session: { actingIn: string | null } };

/** The tenant in which a deed is watched over: the one that is acted in, or the user's first for what is their own. */
export async function placeOf({ user, session, ...ctx }: PlaceContext, deed: Deed): Promise<string> {
  const actor = await actorOf(ctx, user.id, RULES[deed].whose === 'tenant' ? session.actingIn : null);
  if (!actor) throw new Refusal('not_allowed');
  return actor.tenantId;
}
