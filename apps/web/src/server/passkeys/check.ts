import { Refusal } from '@secateur/base';
import type { Context } from '@secateur/core/context';
import { asUser, type OwnDeed } from '@secateur/core/tenants';
import type { ChallengePurpose, Passkey } from '@secateur/db';
import { verifyAuthenticationResponse } from '@simplewebauthn/server';
import type { z } from 'zod';
import type { Notify } from '../notices/notify.ts';
import type { Visitor } from '../sign-in/start-session.ts';
import type { assertionInput } from './answer.ts';
import { redeem } from './challenges.ts';
import { isHandleOf } from './handle.ts';
import { relyingParty } from './relying-party.ts';

type WarnLog = { warn(fields: Record<string, unknown>, message: string): void };
export type PasskeyContext = Context & { origin: string; visitor: Visitor; log: WarnLog; notify: Notify };
export type Assertion = z.infer<typeof assertionInput>;

/**
 * Whose passkey answered the challenge that this browser was asked. Throws the Refusal `passkey_refused` for everything
 * else, without saying what was wrong: a challenge that was used, ran out, was for something else or for another browser;
 * an answer given to another site; a user who wasn't recognised by their device; somebody else's passkey.
 */
export async function checkPasskey(
  ctx: PasskeyContext,
  answer: Assertion,
  purpose: ChallengePurpose,
): Promise<{ userId: string; passkeyId: string }> {
  const passkey = await ctx.prisma.passkey.findUnique({ where: { credentialId: answer.id } });
  if (!passkey || !isHandleOf(answer.response.userHandle, passkey.userId)) throw new Refusal('passkey_refused');
  const seen = await verify(ctx, answer, purpose, passkey);
  await count(ctx, passkey.id, passkey.userId, seen);
  return { userId: passkey.userId, passkeyId: passkey.id };
}

type Seen = { counter: number; backedUp: boolean };

async function verify(
  ctx: PasskeyContext,
  answer: Assertion,
  purpose: ChallengePurpose,
  passkey: Passkey,
): Promise<Seen> {
  const { id, origin } = relyingParty(ctx.origin);
  try {
    const { verified, authenticationInfo } = await verifyAuthenticationResponse({
      response: answer,
      expectedChallenge: async (challenge) => {
        const asked = await redeem(ctx, challenge, purpose);
        return asked !== null && (asked.userId === null || asked.userId === passkey.userId);
      },
      expectedOrigin: origin,
      expectedRPID: id,
      requireUserVerification: true,
      // The count is judged below, once the signature is known to be right: the library would do so before.
      credential: { id: passkey.credentialId, publicKey: new Uint8Array(passkey.publicKey), counter: 0 },
    });
    if (!verified) throw new Error('the signature is wrong');
    return { counter: authenticationInfo.newCounter, backedUp: authenticationInfo.credentialBackedUp };
  } catch (err) {
    ctx.log.warn({ err, purpose }, 'a passkey was refused');
    throw new Refusal('passkey_refused');
  }
}

/**
 * Writes that a passkey was used. One that counts and did not count on may have been copied: WebAuthn (level 3, 7.2 step
 * 22) leaves it to us what to do. Its owner is told and may go on, since locking somebody out who is in danger because a
 * device miscounted would be worse; synced passkeys, the ones that can be copied with ease, don't count at all.
 */
async function count(ctx: PasskeyContext, id: string, userId: string, { counter, backedUp }: Seen): Promise<void> {
  const suspect = await asUser(ctx, userId, async (tx) => {
    const [before] = await tx.$queryRaw<{ counter: bigint }[]>`
      SELECT counter FROM passkeys WHERE id = ${id}::uuid FOR UPDATE`;
    if (!before) throw new Refusal('passkey_refused');
    const known = Number(before.counter);
    const data = { counter: Math.max(counter, known), backedUp, lastUsedAt: new Date() };
    await tx.passkey.update({ where: { id }, data });
    const copied = (counter > 0 || known > 0) && counter <= known;
    const deeds: OwnDeed[] = copied ? [{ action: 'passkey.suspect', subjectId: id }] : [];
    return { result: copied, deeds };
  });
  if (!suspect) return;
  ctx.log.warn({ passkey: id }, 'a passkey counted backwards');
  await ctx.notify(userId, { about: 'passkeySuspect' });
}
