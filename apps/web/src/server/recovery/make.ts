import { Refusal } from '@secateur/base';
import type { Context } from '@secateur/core/context';
import { asUser } from '@secateur/core/tenants';
import { SETTLED } from '../step-up/policy.ts';
import { hashCode, makeCodes } from './codes.ts';

type OwnContext = Context & { user: { id: string }; recoveryKey: Uint8Array };

/** Makes new codes, shown this once; the old ones are worth nothing any more. Only who has a passkey needs any. */
export async function makeRecoveryCodes(ctx: OwnContext): Promise<{ codes: string[] }> {
  const userId = ctx.user.id;
  const codes = makeCodes();
  const madeAt = new Date();
  await asUser(ctx, userId, async (tx) => {
    await tx.$executeRaw`SELECT FROM users WHERE id = ${userId}::uuid FOR UPDATE`;
    if ((await tx.passkey.count({ where: { userId } })) === 0) throw new Refusal('not_found');
    // What was used lately stays: the passkey that it let in is not settled yet.
    const dayAgo = new Date(madeAt.getTime() - SETTLED);
    await tx.recoveryCode.deleteMany({ where: { userId, OR: [{ usedAt: null }, { usedAt: { lte: dayAgo } }] } });
    await tx.recoveryCode.createMany({
      data: codes.map((code) => ({ userId, codeHash: hashCode(ctx.recoveryKey, userId, code), madeAt })),
    });
    return { result: null, deeds: [{ action: 'recovery.made', subjectId: null, count: codes.length }] };
  });
  return { codes };
}
