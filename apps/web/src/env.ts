import 'server-only';
import { z } from 'zod';

const schema = z
  .object({
    /** The database, as the role secateur_web. */
    DATABASE_URL: z.url({ protocol: /^postgres(ql)?$/ }),
    /** Signs cookies and sign-in links. */
    AUTH_SECRET: z.string().min(32),
    /** Where people reach this app. */
    AUTH_URL: z.url({ protocol: /^https?$/ }),
    /** The workers' public key: what is sealed to it can't be read here. */
    SEALING_PUBLIC_KEY: z.string().regex(/^[\w-]{43}$/, { error: 'Not 32 bytes in base64url.' }),
    /** The public halves of the workers' OAUTH_PRIVATE_KEYS, for people's servers to read: JWKs in a JSON list. */
    OAUTH_PUBLIC_KEYS: z.string().default('[]').transform(publicKeys),
    /** Our app at X, as the workers have it: X is offered, and what is spent there shown, only where there is one. */
    X_CLIENT_ID: z.string().min(1).optional(),
    /** And our app for signing in there: without it X opens no door. */
    X_SIGN_IN_CLIENT_ID: z.string().min(1).optional(),
    /** Proxies of ours between people and this app, each of which adds to X-Forwarded-For. With 0 that header is nothing. */
    TRUSTED_HOPS: z.coerce.number().int().min(0).max(10).default(0),
    /** Where somebody lands who leaves in a hurry: a page that says nothing about where they were. */
    QUICK_EXIT_URL: z.url({ protocol: /^https$/ }).default('https://www.wikipedia.org/'),
    /** Sends the mails. */
    SMTP_URL: z.url({ protocol: /^smtps?$/ }).optional(),
    MAIL_FROM: z.string().min(3).optional(),
    /** For development: mails are printed and shown at /dev/mail in place of being sent. */
    MAIL: z.literal('show').optional(),
    /** A sandbox whose clock is followed: `GET` answers `{ offsetMs }`. Makes this a demo. */
    CLOCK_URL: z.url({ protocol: /^https?$/ }).optional(),
    LOG_LEVEL: z.enum(['debug', 'info', 'warn', 'error', 'silent']).default('info'),
  })
  .refine((env) => (env.SMTP_URL ? env.MAIL_FROM : env.MAIL), {
    error: 'Set SMTP_URL and MAIL_FROM, or MAIL=show where the mails are only to be shown.',
  });
export type Env = z.infer<typeof schema>;

const publicKey = z.strictObject({
  kty: z.literal('EC'),
  crv: z.literal('P-256'),
  kid: z.string().min(1),
  x: z.string(),
  y: z.string(),
  alg: z.literal('ES256').default('ES256'),
  use: z.literal('sig').default('sig'),
});

/** A private part among them would be published, so it is refused. */
function publicKeys(text: string, ctx: z.RefinementCtx): z.output<typeof publicKey>[] {
  try {
    return z.array(publicKey).parse(JSON.parse(text));
  } catch {
    ctx.addIssue({ code: 'custom', message: 'is not a JSON list of public ES256 keys with a kid' });
    return z.NEVER;
  }
}

/** Whether this is `next dev`: a constant of the build. */
export const DEVELOPMENT = process.env.NODE_ENV === 'development';

let parsed: Env | null = null;

/**
 * The app's settings; the only reader of the environment. Parsed on first use, which is never while the app is built.
 * Throws with the names of what is missing or wrong, never with a value.
 */
export function env(): Env {
  if (parsed) return parsed;
  // A shell that sets a name to nothing means that it isn't set.
  const given = Object.fromEntries(Object.entries(process.env).filter(([, value]) => value !== ''));
  const result = schema.safeParse(given);
  if (!result.success) throw new Error(`The environment is not complete.\n${z.prettifyError(result.error)}`);
  parsed = result.data;
  return parsed;
}
