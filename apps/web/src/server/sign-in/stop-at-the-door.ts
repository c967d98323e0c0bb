import { isKept } from '../contact/address.ts';
import { halfWay, secondStep } from './admit.ts';
import type { SignInContext } from './start-session.ts';
import { setCookies } from './visitor.ts';

/**
 * Where somebody is led in place of inside, who has proven this mailbox: to the second step when they have a passkey, and
 * back when the address was somebody's until a few days ago, who may want it back. Null: they may come in.
 */
export async function stopAtTheDoor(ctx: SignInContext, email: string, back: string): Promise<string | null> {
  const user = await ctx.prisma.user.findUnique({ where: { email } });
  if (!user) return (await isKept(ctx.prisma, email)) ? '/sign-in?error=moved' : null;
  const half = await halfWay(ctx, user.id, 'mail');
  if (!half) return null;
  await setCookies([half]);
  return secondStep(back);
}
