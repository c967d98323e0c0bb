import { HOST_ALLOWANCE } from '@secateur/core/budgets';
import { environmentWrap, readIntakeKeys } from '@secateur/core/secrets';
import { anchorAt, readTrailKey } from '@secateur/core/trail';
import { z } from 'zod';
import { readClientKeys } from './client-keys.ts';

const lane = z.enum(['critical', 'standard', 'background']);

/** Keys are read at once into what uses them, so that their text lies about nowhere. */
function keys<Keys>(read: (text: string) => Keys) {
  return z.string().transform((text, ctx): Keys => {
    try {
      return read(text);
    } catch (error) {
      ctx.addIssue({ code: 'custom', message: error instanceof Error ? error.message : 'not readable' });
      return z.NEVER;
    }
  });
}

const schema = z.object({
  /** Postgres itself, past any pooler, as the role secateur_worker. */
  DATABASE_URL: z.url({ protocol: /^postgres(ql)?$/ }),
  /** The same server as secateur_queue, the owner of the queues. */
  QUEUE_DATABASE_URL: z.url({ protocol: /^postgres(ql)?$/ }),
  WORKER_PORT: z.coerce.number().int().min(0).max(65_535).default(3_422),
  /** Which lanes this process works off. A service of some size gives the critical lane processes of its own. */
  LANES: z
    .string()
    .default('critical,standard,background')
    .transform((text) => text.split(','))
    .pipe(z.array(lane).min(1)),
  /** Jobs at a time in each lane. */
  CONCURRENCY: z.coerce.number().int().min(1).max(500).default(16),
  /** Which of our addresses this process calls the networks from. Processes behind one address name the same. */
  ADDRESS: z.string().min(1).default('default'),
  /** Requests from that address to one host in any 5 minutes. More than the networks allow only where none does. */
  HOST_REQUESTS: z.coerce.number().int().min(1).default(HOST_ALLOWANCE.points),
  /**
   * Open what the web apps seal: X25519 keys, 32 bytes in base64url, commas between. The public key of the first is what the
   * web apps are given; the others still open what was sealed to them.
   */
  SEALING_PRIVATE_KEYS: keys(readIntakeKeys),
  /** Wrap the tenants' keys: `name:key,name:key`, 32 bytes in base64. The first wraps, all unwrap. */
  WORKER_KEYS: keys(environmentWrap),
  BLUESKY_APPVIEW_URL: z.url().default('https://public.api.bsky.app'),
  BLUESKY_PLC_URL: z.url().default('https://plc.directory'),
  BLUESKY_ENTRYWAY_URL: z.url().default('https://bsky.social'),
  /**
   * Our app at X, from its developer console: all three, or X is not offered. The address to enter there is the web app's
   * `/oauth/callback?iss=https%3A%2F%2Fx.com`, letter by letter.
   */
  X_CLIENT_ID: z.string().min(1).optional(),
  X_CLIENT_SECRET: z.string().min(1).optional(),
  /** With which public pages of X are read; each account that is shown costs money. */
  X_BEARER_TOKEN: z.string().min(1).optional(),
  /**
   * One more app there, with which people only sign in: X keeps one consent for each app and account, so signing in with the first one
   * would end what is connected. Both, or nobody signs in with X. The same address is to be entered there.
   */
  X_SIGN_IN_CLIENT_ID: z.string().min(1).optional(),
  X_SIGN_IN_CLIENT_SECRET: z.string().min(1).optional(),
  /** Whether the app has Enterprise access: only then does X let it block. */
  X_ENTERPRISE: z.enum(['on', 'off']).default('off'),
  X_API_URL: z.url().default('https://api.x.com'),
  X_SITE_URL: z.url().default('https://x.com'),
  /** Where people reach the web app; without it accounts are connected by app passwords only. */
  AUTH_URL: z.url({ protocol: /^https?$/ }).optional(),
  /** The service's keys towards people's own servers, as `src/keys.ts new` makes them: JWKs in a JSON list. */
  OAUTH_PRIVATE_KEYS: keys(readClientKeys).default([]),
  /** A sandbox whose clock is followed. Makes this a demo: this machine itself may be called then. */
  CLOCK_URL: z.url({ protocol: /^https?$/ }).optional(),
  /** Keys the chains of the trail: 32 bytes in base64url, nowhere in the database. */
  TRAIL_KEY: keys(readTrailKey),
  /**
   * Where the heads of the chains are anchored, which the database's owner can't write to: a file on another volume by its
   * absolute path, or `s3://bucket/prefix`; or `elsewhere`, when others of the fleet anchor.
   */
  TRAIL_ANCHOR: z.string().min(1),
  /** The object store's, where the anchor is in one. */
  AWS_ACCESS_KEY_ID: z.string().optional(),
  AWS_SECRET_ACCESS_KEY: z.string().optional(),
  AWS_SESSION_TOKEN: z.string().optional(),
  AWS_REGION: z.string().optional(),
  AWS_ENDPOINT_URL_S3: z.string().optional(),
  /** Days for which each object of the anchor is locked. */
  TRAIL_ANCHOR_DAYS: z.string().optional(),
  LOG_LEVEL: z.enum(['debug', 'info', 'warn', 'error', 'silent']).default('info'),
});
/** The store's keys are read into what signs with them, as all keys are. */
const whole = schema.transform((env, ctx) => {
  const { X_CLIENT_ID: id, X_CLIENT_SECRET: secret, X_BEARER_TOKEN: bearer, ...more } = env;
  const { X_SIGN_IN_CLIENT_ID: signInId, X_SIGN_IN_CLIENT_SECRET: signInSecret, ...others } = more;
  if ((id === undefined) !== (secret === undefined) || (id === undefined) !== (bearer === undefined)) {
    const message = 'set all of X_CLIENT_ID, X_CLIENT_SECRET and X_BEARER_TOKEN, or none';
    ctx.addIssue({ code: 'custom', path: ['X_CLIENT_ID'], message });
    return z.NEVER;
  }
  const X_APP = id === undefined || secret === undefined || bearer === undefined ? null : { id, secret, bearer };
  if ((signInId === undefined) !== (signInSecret === undefined) || (signInId !== undefined && X_APP === null)) {
    const message = 'set both of X_SIGN_IN_CLIENT_ID and X_SIGN_IN_CLIENT_SECRET beside X_CLIENT_ID, or none';
    ctx.addIssue({ code: 'custom', path: ['X_SIGN_IN_CLIENT_ID'], message });
    return z.NEVER;
  }
  if (signInId !== undefined && signInId === id) {
    const message = 'is the app of X_CLIENT_ID: signing in with it would end what is connected';
    ctx.addIssue({ code: 'custom', path: ['X_SIGN_IN_CLIENT_ID'], message });
    return z.NEVER;
  }
  const X_SIGN_IN_APP =
    signInId === undefined || signInSecret === undefined ? null : { id: signInId, secret: signInSecret };
  const { AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY, AWS_SESSION_TOKEN, TRAIL_ANCHOR, ...known } = others;
  const rest = { ...known, X_APP, X_SIGN_IN_APP };
  try {
    const store = { ...rest, AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY, AWS_SESSION_TOKEN };
    return { ...rest, TRAIL_ANCHOR: TRAIL_ANCHOR === 'elsewhere' ? null : anchorAt(TRAIL_ANCHOR, store) };
  } catch (error) {
    const message = error instanceof Error ? error.message : 'not readable';
    ctx.addIssue({ code: 'custom', path: ['TRAIL_ANCHOR'], message });
    return z.NEVER;
  }
});
export type Env = z.output<typeof whole>;

/** The worker's settings; throws with the names of what is missing or wrong, never with a value. */
export function readEnv(source: NodeJS.ProcessEnv = process.env): Env {
  const given = Object.fromEntries(Object.entries(source).filter(([, value]) => value !== ''));
  const result = whole.safeParse(given);
  if (!result.success) throw new Error(`The environment is not complete.\n${z.prettifyError(result.error)}`);
  return result.data;
}
