import { followClock } from '@secateur/base';
import { type KeyTexts, makeKeys } from '@secateur/core/testing';
import pg from 'pg';
import type { Server } from '../shared/database.ts';
import { opener } from '../shared/opener.ts';
import { randomOf } from '../shared/random.ts';
import { startSandboxProcess } from '../shared/sandbox.ts';
import type { Finding } from '../shared/say.ts';
import { answerBadly } from './bad-answers.ts';
import { sendBadly } from './bad-requests.ts';
import { plantCanaries } from './canaries.ts';
import { announce, newClient } from './client.ts';
import { liveByConsent } from './consent-life.ts';
import { consentTraffic } from './consent-traffic.ts';
import { failedOpens } from './failed-opens.ts';
import { filesIn } from './files.ts';
import { coreFront } from './front-core.ts';
import { webFront } from './front-web.ts';
import { judge } from './judge.ts';
import { actEverywhere, allReady, liftLimits } from './life.ts';
import { keepBusy } from './load.ts';
import { openConsents } from './opened.ts';
import { plant } from './planted.ts';
import { startRelay } from './relay.ts';
import { keysCommand, rotate } from './rotate.ts';
import { shredAll } from './shredding.ts';
import { liveBySigningIn } from './sign-in-life.ts';
import type { Account, Stage } from './stage.ts';
import { tenantKeys } from './tenant-keys.ts';
import { standing, watchRows } from './witness.ts';
import { startFleet } from './workers.ts';

export const BUGS = ['log-token', 'log-words', 'early-drop', 'open-key', 'job-token'] as const;

/**
 * What is played before keys rotate: bad requests and answers; consents, each step of which is answered badly; sign-ins by
 * consent (what nobody comes back for is forgotten after a minute); workers that die.
 */
export const PARTS = ['badly', 'consents', 'sign-ins', 'deaths'] as const;

export type SecretsOptions = {
  accounts: number;
  workers: number;
  rotations: number;
  /** In how many ways a server answers badly to whoever comes with a consent. */
  answers: number;
  parts: readonly (typeof PARTS)[number][];
  /** The web app itself and a browser, or its procedures in this process. */
  web: boolean;
  seed: number;
  bug: (typeof BUGS)[number] | null;
  say(text: string): void;
};

const HARASSERS = 2_000;
/** Who connects by consent. */
const CONSENTING = 2;
/** Who signs in by it. */
const NEWCOMERS = 2;
const TOKENS = 1_000_000;

/** Plays with secrets in every way the product has, breaks what can be broken, and looks for them everywhere. */
export async function proveSecrets(server: Server, options: SecretsOptions): Promise<Finding> {
  const { say, bug } = options;
  const random = randomOf(`secrets ${options.seed}`).next;
  const urls = await server.database('secrets');
  const admin = new pg.Pool({ connectionString: urls.admin, max: 2 });
  // A server that ends takes idle connections with it.
  admin.on('error', () => {});
  await watchRows(admin);
  await plant(admin);
  await liftLimits(admin);
  const canaries = plantCanaries();
  const client = newClient(canaries);
  const traffic = consentTraffic(canaries, client.published);
  const relay = await startRelay(canaries, traffic, random);
  const sandbox = await startSandboxProcess(options.seed, relay.url);
  relay.leadTo(sandbox.url);
  await announce(sandbox.control, client);
  const everybody = await people(sandbox.control, options.accounts + CONSENTING + NEWCOMERS, canaries.password);
  const accounts = everybody.slice(CONSENTING + NEWCOMERS);
  let keys: KeyTexts = makeKeys();
  const everyKey = [keys];
  const fleet = await startFleet({
    size: options.workers,
    urls,
    sandboxUrl: relay.url,
    keys,
    bug: bug === 'early-drop' ? null : bug,
    env: client.env,
  });
  const ended = new AbortController();
  const { clock, ready } = followClock(`${sandbox.url}/clock`, ended.signal);
  await ready;
  const [first] = accounts;
  if (!first) throw new Error('--accounts: at least 1');
  const front = options.web
    ? await webFront({ urls, sandboxUrl: sandbox.url, publicKey: keys.publicKey, account: first })
    : await coreFront(urls, clock, keys.publicKey);
  let harassers = 0;
  const stage: Stage = {
    admin,
    relay,
    traffic,
    front,
    fleet,
    canaries,
    accounts,
    consenting: everybody.slice(0, CONSENTING),
    newcomers: everybody.slice(CONSENTING, CONSENTING + NEWCOMERS),
    random,
    say,
    control: sandbox.control,
    harasser: () => `harasser${harassers++ % HARASSERS}.sandbox.test`,
  };
  try {
    const plays = (part: (typeof PARTS)[number]) => options.parts.includes(part);
    const badRequests = plays('badly') ? await sendBadly(stage) : 0;
    say(`${badRequests} bad requests were sent`);
    if (plays('badly')) await answerBadly(stage);
    const endings = plays('consents') ? await liveByConsent(stage, options.answers) : {};
    const signIns = plays('sign-ins') ? await liveBySigningIn(stage, options.answers) : null;
    await admin.query(`UPDATE quotas SET level = ${TOKENS}, capacity = ${TOKENS}`);
    if (plays('deaths')) await fleet.killOne();
    await actEverywhere(stage, 'block');
    if (plays('deaths')) {
      await crashOne(stage);
      say('a worker was killed, and one died of an error that held what it had opened');
    }

    const early = opener(urls, keys);
    const consents = await openConsents(admin, early.ctx, canaries, traffic);
    await early.close();
    const before = { ...relay.counts };
    const busy = keepBusy(stage);
    for (let n = 1; n <= options.rotations; n += 1) {
      keys = await rotate(stage, urls, keys, `k${n}`, bug === 'early-drop');
      everyKey.push(keys);
    }
    const deeds = await busy.stop();
    const opens = await failedOpens(stage);
    const acting = opens === 0 ? await actsOn(stage) : null;
    const said = await fleet.answers();
    const shown = await keysCommand(urls, keys);
    const printed = Buffer.concat([fleet.printed(), front.printed(), Buffer.from(shown)]);

    await rememberKeys(stage, everyKey);
    await admin.query('CHECKPOINT');
    const stands = await standing(admin);
    const all = opener(urls, together(everyKey));
    const later = await openConsents(admin, all.ctx, canaries, traffic);
    const shred = await shredAll(admin, all.ctx);
    await all.close();
    return judge({
      canaries: canaries.all(),
      kinds: canaries.count(),
      stands,
      printed,
      responses: Buffer.concat([front.heard(), said]),
      files: filesIn(server.dataDir()),
      shred,
      idleKeys: consents.idle + later.idle,
      failedOpens: opens,
      acting,
      figures: {
        accounts: options.accounts,
        workers: options.workers,
        workersStarted: fleet.started(),
        web: options.web,
        badRequests,
        badAnswers: relay.counts.struck,
        consents: { endings, opened: consents.opened, signIns },
        rotations: options.rotations,
        whileRotating: {
          deeds,
          signIns: relay.counts.signIns - before.signIns,
          renewals: relay.counts.renewals - before.renewals,
          calls: relay.counts.calls - before.calls,
        },
      },
      say,
    });
  } catch (error) {
    // Before anything is closed: that may take its time, too.
    say(`it broke off: ${error instanceof Error ? error.message : error}`);
    throw error;
  } finally {
    await front.close();
    await fleet.close();
    ended.abort();
    await relay.close();
    await sandbox.close();
    await admin.end();
    await server.drop('secrets');
  }
}

/** Gives all accounts something to do until a worker has died of it. */
async function crashOne(stage: Stage): Promise<void> {
  let over = false;
  const dying = stage.fleet.crashOne().finally(() => {
    over = true;
  });
  // Judged when it is awaited.
  dying.catch(() => {});
  while (!over) await actEverywhere(stage, 'mute');
  await dying;
}

async function people(control: Stage['control'], count: number, password: () => string): Promise<Account[]> {
  await control.addAccounts(Array.from({ length: HARASSERS }, (_, i) => ({ handle: `harasser${i}.sandbox.test` })));
  const wanted = Array.from({ length: count }, (_, i) => ({ handle: `person${i}.sandbox.test`, password: password() }));
  const made = await control.addAccounts(wanted);
  return made.map(({ handle, did }, i) => ({ handle, did, password: wanted[i]?.password ?? '' }));
}

/** Whether every account still does what it is told, with the keys that are left. */
async function actsOn(stage: Stage): Promise<boolean> {
  try {
    await allReady(stage);
    await actEverywhere(stage, 'block');
    return true;
  } catch (error) {
    stage.say(String(error));
    return false;
  }
}

/** The workers' keys, and every tenant's key as it ever was, are secrets too. */
async function rememberKeys({ admin, canaries }: Stage, everyKey: KeyTexts[]): Promise<void> {
  for (const { privateKeys, workerKeys } of everyKey) {
    canaries.bytes('private key', Buffer.from(privateKeys, 'base64url'));
    canaries.bytes("workers' key", Buffer.from(workerKeys.split(':')[1] ?? '', 'base64url'));
  }
  for (const key of await tenantKeys(admin, together(everyKey))) canaries.bytes("tenant's key", key);
}

function together(all: KeyTexts[]): KeyTexts {
  const last = all.at(-1);
  return {
    publicKey: last?.publicKey ?? '',
    privateKeys: all.map((one) => one.privateKeys).join(),
    workerKeys: all.map((one) => one.workerKeys).join(),
  };
}
