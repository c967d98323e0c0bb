import { Refusal } from '@secateur/base';
import type { Context } from '@secateur/core/context';
import { asUser } from '@secateur/core/tenants';
import { z } from 'zod';
import type { Notify } from '../notices/notify.ts';
import { passkeyName } from './answer.ts';

type OwnContext = Context & { user: { id: string } };

/** A passkey as its owner sees it. */
export type PasskeyView = { id: string; name: string; backedUp: boolean; createdAt: Date; lastUsedAt: Date | null };
export type PasskeysView = {
  /** Whether a passkey opens the door by itself. */
  alone: boolean;
  passkeys: PasskeyView[];
  /** Recovery codes that have not been used. */
  codesLeft: number;
};

export const passkeyInput = z.object({ id: z.uuid() });
export const renamePasskeyInput = z.object({ id: z.uuid(), name: passkeyName });
export const aloneInput = z.object({ alone: z.boolean() });

/** One's passkeys, oldest first, and what else opens the door. */
export async function listPasskeys({ prisma, user }: OwnContext): Promise<PasskeysView> {
  const userId = user.id;
  const [found, passkeys, codesLeft] = await Promise.all([
    prisma.user.findUniqueOrThrow({ where: { id: userId } }),
    prisma.passkey.findMany({
      where: { userId },
      orderBy: { createdAt: 'asc' },
      select: { id: true, name: true, backedUp: true, createdAt: true, lastUsedAt: true },
    }),
    prisma.recoveryCode.count({ where: { userId, usedAt: null } }),
  ]);
  return { alone: found.passkeyAlone, passkeys, codesLeft };
}

/** Calls a passkey something else. */
export async function renamePasskey(ctx: OwnContext, raw: unknown): Promise<void> {
  const { id, name } = renamePasskeyInput.parse(raw);
  const userId = ctx.user.id;
  await asUser(ctx, userId, async (tx) => {
    const { count } = await tx.passkey.updateMany({ where: { id, userId }, data: { name } });
    if (count === 0) throw new Refusal('not_found');
    return { result: null, deeds: [{ action: 'passkey.renamed', subjectId: id }] };
  });
}

/**
 * Takes a passkey away. Throws the Refusal `last_passkey` when it is the only way in. With the last one go the codes that
 * stand for it.
 */
export async function removePasskey(ctx: OwnContext & { notify: Notify }, raw: unknown): Promise<void> {
  const { id } = passkeyInput.parse(raw);
  const userId = ctx.user.id;
  await asUser(ctx, userId, async (tx) => {
    const [user] = await tx.$queryRaw<{ alone: boolean }[]>`
      SELECT passkey_alone AS alone FROM users WHERE id = ${userId}::uuid FOR UPDATE`;
    const { count } = await tx.passkey.deleteMany({ where: { id, userId } });
    if (count === 0) throw new Refusal('not_found');
    const left = await tx.passkey.count({ where: { userId } });
    if (left === 0 && user?.alone) throw new Refusal('last_passkey');
    if (left === 0) await tx.recoveryCode.deleteMany({ where: { userId } });
    return { result: null, deeds: [{ action: 'passkey.removed', subjectId: id }] };
  });
  await ctx.notify(userId, { about: 'passkeyRemoved' });
}

/** Whether a passkey alone opens the door from now on, or comes after another way in. */
export async function letPasskeyAlone(ctx: OwnContext, raw: unknown): Promise<void> {
  const { alone } = aloneInput.parse(raw);
  const userId = ctx.user.id;
  await asUser(ctx, userId, async (tx) => {
    await tx.$executeRaw`SELECT FROM users WHERE id = ${userId}::uuid FOR UPDATE`;
    if (alone && (await tx.passkey.count({ where: { userId } })) === 0) throw new Refusal('not_found');
    await tx.user.update({ where: { id: userId }, data: { passkeyAlone: alone } });
    return { result: null, deeds: [{ action: 'passkey.mode', subjectId: null }] };
  });
}
