import { Refusal } from '@secateur/base';
import { generateAuthenticationOptions, type PublicKeyCredentialRequestOptionsJSON } from '@simplewebauthn/server';
import { z } from 'zod';
import { finishHalf, halfOf } from '../sign-in/half.ts';
import type { SetCookie } from '../sign-in/own-cookies.ts';
import { safePath } from '../sign-in/safe-path.ts';
import { type SignInContext, startSession } from '../sign-in/start-session.ts';
import { assertionInput } from './answer.ts';
import { ask } from './challenges.ts';
import { checkPasskey, type PasskeyContext } from './check.ts';
import { relyingParty } from './relying-party.ts';

export const enterInput = z.object({ answer: assertionInput, back: z.string().max(2_000).nullish() });

export type EnterContext = PasskeyContext &
  SignInContext & { setCookies(cookies: readonly SetCookie[]): Promise<void> };

/** Asks for a passkey: for one of theirs from somebody who is half way in, otherwise for whoever's it is. */
export async function askToEnter(ctx: EnterContext): Promise<PublicKeyCredentialRequestOptionsJSON> {
  const half = await halfOf(ctx);
  const { challenge, cookies } = await ask(ctx, { purpose: half ? 'second' : 'sign_in', userId: half?.userId ?? null });
  await ctx.setCookies(cookies);
  const mine = half ? await ctx.prisma.passkey.findMany({ where: { userId: half.userId } }) : [];
  return generateAuthenticationOptions({
    rpID: relyingParty(ctx.origin).id,
    challenge: new Uint8Array(Buffer.from(challenge, 'base64url')),
    allowCredentials: mine.map(({ credentialId, transports }) => ({ id: credentialId, transports })),
    userVerification: 'required',
  });
}

/**
 * Opens a session for a passkey: the second step of somebody who is half way in, or the only one where its owner chose
 * so. Throws the Refusals `passkey_refused` and, when it has to come second, `passkey_second`.
 */
export async function enterByPasskey(ctx: EnterContext, raw: unknown): Promise<{ to: string }> {
  const { answer, back } = enterInput.parse(raw);
  const half = await halfOf(ctx);
  const { userId } = await checkPasskey(ctx, answer, half ? 'second' : 'sign_in');
  if (half && half.userId !== userId) throw new Refusal('passkey_refused');
  if (!half) {
    const { passkeyAlone } = await ctx.prisma.user.findUniqueOrThrow({ where: { id: userId } });
    if (!passkeyAlone) throw new Refusal('passkey_second');
  }
  const ending = half ? await finishHalf(ctx, half) : [];
  const how = half?.how ?? 'passkey';
  const { cookies } = await startSession(ctx, { userId, how, visitor: ctx.visitor, verified: true });
  await ctx.setCookies([...ending, ...cookies]);
  return { to: safePath(back) };
}
