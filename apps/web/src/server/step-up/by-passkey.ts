import { Refusal } from '@secateur/base';
import { generateAuthenticationOptions, type PublicKeyCredentialRequestOptionsJSON } from '@simplewebauthn/server';
import { z } from 'zod';
import { assertionInput } from '../passkeys/answer.ts';
import { ask } from '../passkeys/challenges.ts';
import { checkPasskey, type PasskeyContext } from '../passkeys/check.ts';
import { relyingParty } from '../passkeys/relying-party.ts';
import type { SetCookie } from '../sign-in/own-cookies.ts';
import { rotate } from '../sign-in/rotate.ts';

export const stepUpInput = z.object({ answer: assertionInput });

type OwnContext = PasskeyContext & {
  user: { id: string };
  session: { id: string };
  setCookies(cookies: readonly SetCookie[]): Promise<void>;
};

/** Asks somebody who is signed in for one of their passkeys. */
export async function askForPasskey(ctx: OwnContext): Promise<PublicKeyCredentialRequestOptionsJSON> {
  const userId = ctx.user.id;
  const mine = await ctx.prisma.passkey.findMany({ where: { userId } });
  const { challenge, cookies } = await ask(ctx, { purpose: 'step_up', userId });
  await ctx.setCookies(cookies);
  return generateAuthenticationOptions({
    rpID: relyingParty(ctx.origin).id,
    challenge: new Uint8Array(Buffer.from(challenge, 'base64url')),
    allowCredentials: mine.map(({ credentialId, transports }) => ({ id: credentialId, transports })),
    userVerification: 'required',
  });
}

/** It is them: their session goes on under a new token, and a passkey is fresh for some minutes. */
export async function confirmByPasskey(ctx: OwnContext, raw: unknown): Promise<void> {
  const { answer } = stepUpInput.parse(raw);
  const { userId } = await checkPasskey(ctx, answer, 'step_up');
  if (userId !== ctx.user.id) throw new Refusal('passkey_refused');
  await rotate(ctx);
}
