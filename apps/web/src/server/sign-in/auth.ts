import { SECOND } from '@secateur/base';
import { welcome } from '@secateur/core/tenants';
import NextAuth from 'next-auth';
import type { EmailConfig } from 'next-auth/providers';
import { deps } from '~/deps.ts';
import { env } from '~/env.ts';
import { signInAdapter } from './adapter.ts';
import { signInCookies } from './cookies.ts';
import { LONGEST } from './lifetime.ts';
import { safePath } from './safe-path.ts';
import { sendLink } from './send-link.ts';
import { endSessionOf } from './sessions.ts';
import { startSession } from './start-session.ts';
import { stopAtTheDoor } from './stop-at-the-door.ts';
import { visitor } from './visitor.ts';

/** Seconds for which a link works. */
const LINK_AGE = 3_600;

/** Its id is part of the callback's address. */
export const EMAIL = 'email';

function byEmail(): EmailConfig {
  return {
    id: EMAIL,
    type: 'email',
    name: 'E-mail',
    maxAge: LINK_AGE,
    async sendVerificationRequest({ identifier, url }) {
      await sendLink(deps().mailer, env().AUTH_URL, identifier, url);
    },
  };
}

/** Settings are read at the first request, not while the app is built. */
export const { handlers, signIn, signOut } = NextAuth(async (request) => {
  const { db, clock, log, notify } = deps();
  const origin = env().AUTH_URL;
  const context = { prisma: db.prisma, clock, origin, notify };
  const sessions = {
    start: async (userId: string) => startSession(context, { userId, how: 'mail', visitor: await visitor() }),
    end: (token: string) => endSessionOf(context, token),
  };
  return {
    secret: env().AUTH_SECRET,
    trustHost: true,
    cookies: signInCookies(origin),
    adapter: signInAdapter(db.prisma, sessions),
    providers: [byEmail()],
    session: { strategy: 'database', maxAge: LONGEST / SECOND, updateAge: LONGEST / SECOND },
    pages: { signIn: '/sign-in', verifyRequest: '/sign-in/check-mail', error: '/sign-in' },
    callbacks: {
      // Asked when a link is sent too. Nobody gets a session for a mailbox alone who has a passkey.
      async signIn({ user, email }) {
        if (email?.verificationRequest || !user.email) return true;
        const back = safePath(request?.nextUrl.searchParams.get('callbackUrl'));
        return (await stopAtTheDoor(context, user.email, back)) ?? true;
      },
      // Listed fields only: the session as it is stored holds its own token.
      session: ({ session, user }) => ({
        expires: session.expires,
        user: { id: user.id, email: user.email },
      }),
    },
    events: {
      async signIn({ user }) {
        if (!user.id) return;
        await welcome({ prisma: db.prisma, clock }, user.id, user.email ?? user.id);
      },
    },
    logger: {
      error: (err) => log.error({ err }, 'sign-in'),
      warn: (code) => log.warn({ code }, 'sign-in'),
      debug: () => {},
    },
  };
});
