import 'server-only';
import { type Clock, logOptions, systemClock } from '@secateur/base';
import { createDb, type Db } from '@secateur/db';
import { createTransport } from 'nodemailer';
import { type Logger, pino } from 'pino';
import { env } from './env.ts';
import { followClock } from './server/follow-clock.ts';
import { InFlight } from './server/in-flight.ts';
import { type CountCall, createCallLimit } from './server/limits/calls.ts';
import { type CountTry, createLimits } from './server/limits/limits.ts';
import { type Mailer, shownMailer, smtpMailer, withHelp } from './server/mailer.ts';
import { mailNotices, type Notify } from './server/notices/notify.ts';
import { recoveryKey } from './server/recovery/codes.ts';
import { Relay } from './server/relay.ts';
import { SessionWatch } from './server/sign-in/session-watch.ts';
import { Streams } from './server/streams.ts';

/** Everything that is built once a process. */
export type Deps = {
  db: Db;
  clock: Clock;
  /** Settles when the first answer of a followed clock is there, or can't be had. */
  clockReady: Promise<void>;
  log: Logger;
  mailer: Mailer;
  countTry: CountTry;
  notify: Notify;
  /** What recovery codes are hashed with. */
  recoveryKey: Uint8Array;
  relay: Relay;
  sessionWatch: SessionWatch;
  streams: Streams;
  countCall: CountCall;
  calls: InFlight;
  /** Aborted when the process is to end: streams end then. */
  ending: AbortController;
};

/** Route handlers, pages and instrumentation are bundled apart; what they share hangs on the process. */
const shared = globalThis as typeof globalThis & { secateurDeps?: Deps };

/** What the app works with; built on first use, and nowhere else. */
export function deps(): Deps {
  shared.secateurDeps ??= build();
  return shared.secateurDeps;
}

function build(): Deps {
  const { DATABASE_URL, AUTH_SECRET, AUTH_URL, CLOCK_URL, SMTP_URL, MAIL_FROM, LOG_LEVEL } = env();
  const log = pino(logOptions('web', LOG_LEVEL));
  const db = createDb(DATABASE_URL, { name: 'secateur-web', onLost: (err) => log.warn({ err }, 'connection lost') });
  const ending = new AbortController();
  const followed = CLOCK_URL ? followClock(CLOCK_URL, ending.signal) : { clock: systemClock, ready: Promise.resolve() };
  const context = { prisma: db.prisma, clock: followed.clock };
  const sends = SMTP_URL && MAIL_FROM ? smtpMailer(createTransport(SMTP_URL), MAIL_FROM) : shownMailer();
  const mailer = withHelp(sends, AUTH_URL);
  return {
    db,
    clock: followed.clock,
    clockReady: followed.ready,
    log,
    mailer,
    countTry: createLimits(db.pool, AUTH_SECRET),
    notify: mailNotices({ prisma: db.prisma, mailer, log }),
    recoveryKey: recoveryKey(AUTH_SECRET),
    relay: new Relay(context, log),
    sessionWatch: new SessionWatch(db.prisma, log),
    streams: new Streams(),
    countCall: createCallLimit(),
    calls: new InFlight(),
    ending,
  };
}
