import type { Prisma, PrismaClient } from '@secateur/db';
import type { Adapter, AdapterUser } from 'next-auth/adapters';
import { liveSession } from './live-session.ts';
import type { Started } from './start-session.ts';

type Sessions = { start: (userId: string) => Promise<Started>; end: (token: string) => Promise<void> };

/**
 * next-auth's storage in our own tables. Sessions are found by the hash of their token, so that a copy of the table
 * opens no door; of an identity on another service only who it is is kept, never its tokens. `sessions` begins
 * one in the browser that is being answered, and ends the one of a token.
 */
export function signInAdapter(prisma: PrismaClient, sessions: Sessions): Adapter {
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
    async createSession({ userId }) {
      const { token, expires } = await sessions.start(userId);
      return { sessionToken: token, userId, expires };
    },
    async getSessionAndUser(sessionToken) {
      const found = await liveSession(prisma, sessionToken);
      if (!found) return null;
      const { userId, expires, user } = found;
      return { session: { sessionToken, userId, expires }, user: userOf(user) };
    },
    // A session's end is set when it begins, and that it was seen is written where it is read.
    updateSession: async () => null,
    async deleteSession(sessionToken) {
      await sessions.end(sessionToken);
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

/** next-auth knows no user without an address: theirs is empty, and finds nobody. */
function userOf({ id, name, email, emailVerified, image }: StoredUser): AdapterUser {
  return { id, name, email: email ?? '', emailVerified, image };
}

function orNull(user: StoredUser | null): AdapterUser | null {
  return user ? userOf(user) : null;
}
