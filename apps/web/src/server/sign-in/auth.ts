import { welcome } from '@secateur/core/tenants';
import NextAuth from 'next-auth';
import type { EmailConfig } from 'next-auth/providers';
import { deps } from '~/deps.ts';
import { env } from '~/env.ts';
import { signInAdapter } from './adapter.ts';
import { sendLink } from './send-link.ts';
import { SESSION_AGE } from './session-age.ts';

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
export const { handlers, auth, signIn, signOut } = NextAuth(async () => {
  const { db, clock, log } = deps();
  return {
    secret: env().AUTH_SECRET,
    trustHost: true,
    adapter: signInAdapter(db.prisma),
    providers: [byEmail()],
    session: { strategy: 'database', maxAge: SESSION_AGE },
    pages: { signIn: '/sign-in', verifyRequest: '/sign-in/check-mail', error: '/sign-in' },
    callbacks: {
      // Listed fields only: the session as it is stored holds its own token.
      session: ({ session, user }) => ({
        expires: session.expires,
        user: { id: user.id, ...(user.email ? { email: user.email } : { name: user.name ?? null }) },
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
