import { Refusal } from '@secateur/base';
import { asUser } from '@secateur/core/tenants';
import {
  generateRegistrationOptions,
  type PublicKeyCredentialCreationOptionsJSON,
  verifyRegistrationResponse,
} from '@simplewebauthn/server';
import { z } from 'zod';
import type { SetCookie } from '../sign-in/own-cookies.ts';
import { rotate } from '../sign-in/rotate.ts';
import { attestationInput, passkeyName } from './answer.ts';
import { ask, redeem } from './challenges.ts';
import type { PasskeyContext } from './check.ts';
import { userHandle } from './handle.ts';
import { ALGORITHMS, relyingParty } from './relying-party.ts';
import { takeBackLink } from './take-back.ts';

/** Passkeys that one user may have. */
const MOST = 20;

export const registerInput = z.object({ name: passkeyName, answer: attestationInput });

export type OwnPasskeyContext = PasskeyContext & {
  user: { id: string; email: string | null };
  session: { id: string };
  setCookies(cookies: readonly SetCookie[]): Promise<void>;
};

/** What a browser has to know to make a passkey: one that names its user by itself and asks who is there. */
export async function offerPasskey(ctx: OwnPasskeyContext): Promise<PublicKeyCredentialCreationOptionsJSON> {
  const { id, email } = ctx.user;
  const known = await ctx.prisma.passkey.findMany({ where: { userId: id } });
  if (known.length >= MOST) throw new Refusal('too_many_tries');
  const { challenge, cookies } = await ask(ctx, { purpose: 'register', userId: id });
  await ctx.setCookies(cookies);
  const party = relyingParty(ctx.origin);
  return generateRegistrationOptions({
    rpName: party.name,
    rpID: party.id,
    userID: userHandle(id),
    userName: email ?? party.name,
    challenge: new Uint8Array(Buffer.from(challenge, 'base64url')),
    attestationType: 'none',
    supportedAlgorithmIDs: ALGORITHMS,
    excludeCredentials: known.map(({ credentialId, transports }) => ({ id: credentialId, transports })),
    authenticatorSelection: { residentKey: 'required', userVerification: 'required' },
  });
}

/** Adds the passkey that a browser made. Throws the Refusal `passkey_refused` when it isn't what was asked for. */
export async function addPasskey(ctx: OwnPasskeyContext, raw: unknown): Promise<{ id: string; first: boolean }> {
  const { name, answer } = registerInput.parse(raw);
  const userId = ctx.user.id;
  const made = await verify(ctx, answer);
  const added = await asUser(ctx, userId, async (tx) => {
    // Two at once: the second sees whether it is the first one.
    await tx.$executeRaw`SELECT FROM users WHERE id = ${userId}::uuid FOR UPDATE`;
    const first = (await tx.passkey.count({ where: { userId } })) === 0;
    if (await tx.passkey.findUnique({ where: { credentialId: made.credentialId } }))
      throw new Refusal('passkey_refused');
    const { id } = await tx.passkey.create({ data: { ...made, userId, name, createdAt: new Date() } });
    return { result: { id, first }, deeds: [{ action: 'passkey.added', subjectId: id }] };
  });
  // It was shown just now, by whoever could add it.
  await rotate(ctx);
  const link = added.first ? await takeBackLink(ctx, userId) : null;
  await ctx.notify(userId, link === null ? { about: 'passkeyAdded' } : { about: 'firstPasskey', link });
  return added;
}

async function verify(ctx: OwnPasskeyContext, answer: z.infer<typeof attestationInput>) {
  const party = relyingParty(ctx.origin);
  try {
    const { verified, registrationInfo } = await verifyRegistrationResponse({
      response: answer,
      expectedChallenge: async (challenge) => (await redeem(ctx, challenge, 'register'))?.userId === ctx.user.id,
      expectedOrigin: party.origin,
      expectedRPID: party.id,
      requireUserVerification: true,
      supportedAlgorithmIDs: ALGORITHMS,
    });
    if (!verified) throw new Error('not verified');
    const { credential, credentialBackedUp } = registrationInfo;
    return {
      credentialId: credential.id,
      publicKey: new Uint8Array(credential.publicKey),
      counter: credential.counter,
      transports: answer.response.transports ?? [],
      backedUp: credentialBackedUp,
    };
  } catch (err) {
    ctx.log.warn({ err }, 'a new passkey was refused');
    throw new Refusal('passkey_refused');
  }
}
