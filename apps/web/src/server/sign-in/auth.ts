import { welcome } from '@secateur/core/tenants';
import NextAuth from 'next-auth';
import type { EmailConfig } from 'next-auth/providers';
import { deps } from '~/deps.ts';
import { env } from '~/env.ts';
import { signInAdapter } from './adapter.ts';
import { signInCookies } from './cookies.ts';
import { sendLink } from './send-link.ts';

/** Seconds for which a link works. */
const LINK_AGE = 3_600;
/** Seconds after which somebody who hasn't been here is signed out. */
const SESSION_AGE = 7 * 24 * 3_600;

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
export const { handlers, auth, signIn, signOut } = NextAuth(async () => {
  const { db, clock, log } = deps();
  return {
    secret: env().AUTH_SECRET,
    trustHost: true,
    cookies: signInCookies(env().AUTH_URL),
    adapter: signInAdapter(db.prisma),
    providers: [byEmail()],
    session: { strategy: 'database', maxAge: SESSION_AGE },
    pages: { signIn: '/sign-in', verifyRequest: '/sign-in/check-mail', error: '/sign-in' },
    callbacks: {
      // Listed fields only: the session as it is stored holds its own token.
      session: ({ session, user }) => ({
        expires: session.expires,
        user: { id: user.id, email: user.email },
        actingIn: session.actingIn ?? null,
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
