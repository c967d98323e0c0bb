import type { Prisma, PrismaClient } from '@secateur/db';
import type { Adapter, AdapterUser } from 'next-auth/adapters';
import { keyOf } from './session-key.ts';

declare module 'next-auth' {
  interface Session {
    /** The tenant that was chosen last with this session; null: none yet. */
    actingIn: string | null;
  }
}
declare module 'next-auth/adapters' {
  interface AdapterSession {
    actingIn?: string | null;
  }
}

/**
 * next-auth's storage in our own tables. Sessions are found by the hash of their token, so that a copy of the table
 * opens no door; of an identity on another service only who it is is kept, never its tokens.
 */
export function signInAdapter(prisma: PrismaClient): Adapter {
  return {
    async createUser({ name, email, emailVerified, image }) {
      return userOf(await prisma.user.create({ data: { name, email, emailVerified, image } }));
    },
    async getUser(id) {
      return orNull(await prisma.user.findUnique({ where: { id } }));
    },
    async getUserByEmail(email) {
      return orNull(await prisma.user.findUnique({ where: { email } }));
    },
    async getUserByAccount({ provider, providerAccountId }) {
      const where = { provider_providerAccountId: { provider, providerAccountId } };
      const found = await prisma.identity.findUnique({ where, include: { user: true } });
      return found ? userOf(found.user) : null;
    },
    async updateUser({ id, name, email, emailVerified, image }) {
      return userOf(await prisma.user.update({ where: { id }, data: { name, email, emailVerified, image } }));
    },
    async linkAccount({ userId, type, provider, providerAccountId }) {
      await prisma.identity.create({ data: { userId, type, provider, providerAccountId } });
    },
    async createSession({ sessionToken, userId, expires }) {
      await prisma.session.create({ data: { sessionToken: keyOf(sessionToken), userId, expires } });
      return { sessionToken, userId, expires };
    },
    async getSessionAndUser(sessionToken) {
      const where = { sessionToken: keyOf(sessionToken) };
      const found = await prisma.session.findUnique({ where, include: { user: true } });
      if (!found) return null;
      const { userId, expires, actingIn } = found;
      return { session: { sessionToken, userId, expires, actingIn }, user: userOf(found.user) };
    },
    async updateSession({ sessionToken, expires }) {
      if (!expires) return null;
      const where = { sessionToken: keyOf(sessionToken) };
      const { userId } = await prisma.session.update({ where, data: { expires } });
      return { sessionToken, userId, expires };
    },
    async deleteSession(sessionToken) {
      await prisma.session.deleteMany({ where: { sessionToken: keyOf(sessionToken) } });
    },
    async createVerificationToken({ identifier, token, expires }) {
      await prisma.verificationToken.deleteMany({ where: { identifier, expires: { lt: new Date() } } });
      return prisma.verificationToken.create({ data: { identifier, token, expires } });
    },
    async useVerificationToken({ identifier, token }) {
      const where = { identifier_token: { identifier, token } };
      return prisma.$transaction(async (tx) => {
        const found = await tx.verificationToken.findUnique({ where });
        // Two presses at once: only the one that deletes the row may use it.
        const { count } = await tx.verificationToken.deleteMany({ where: { identifier, token } });
        return found && count === 1 ? found : null;
      });
    },
  };
}

type StoredUser = Prisma.UserGetPayload<object>;

function userOf({ id, name, email, emailVerified, image }: StoredUser): AdapterUser {
  return { id, name, email, emailVerified, image };
}

function orNull(user: StoredUser | null): AdapterUser | null {
  return user ? userOf(user) : null;
}
