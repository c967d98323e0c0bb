import type { PrismaClient } from '@secateur/db';

/** Links that may be on their way to one address at a time; so nobody can fill a stranger's mailbox. */
const MOST = 5;

/** Whether `email` has been sent as many links as it may have that still work. */
export async function tooManyLinks(prisma: PrismaClient, email: string): Promise<boolean> {
  const open = await prisma.verificationToken.count({ where: { identifier: email, expires: { gt: new Date() } } });
  return open >= MOST;
}
