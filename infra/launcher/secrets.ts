import { generateKeyPairSync, randomBytes } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const NAMES = [
  'authSecret',
  'adminPassword',
  'webPassword',
  'workerPassword',
  'queuePassword',
  'sealingPublicKey',
  'sealingPrivateKey',
  'trailKey',
  'workerKeys',
] as const;

/** What a local installation keeps to itself, made once and kept in a file that only its owner reads. */
export type Secrets = Record<(typeof NAMES)[number], string>;

/** The secrets of a data directory; makes those that are not there. */
export function loadSecrets(dataDir: string): Secrets {
  const file = join(dataDir, 'secrets.json');
  const known: unknown = existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : {};
  const secrets = { ...makeSecrets(), ...stringsOf(known) };
  writeFileSync(file, `${JSON.stringify(secrets, null, 2)}\n`, { mode: 0o600 });
  return secrets;
}

function stringsOf(known: unknown): Partial<Secrets> {
  if (typeof known !== 'object' || known === null) return {};
  const entries = Object.entries(known).filter(([name, value]) => isName(name) && typeof value === 'string');
  return Object.fromEntries(entries);
}

function isName(name: string): name is keyof Secrets {
  return NAMES.some((one) => one === name);
}

function makeSecrets(): Secrets {
  const random = () => randomBytes(24).toString('base64url');
  const sealing = makeSealingKeys();
  return {
    authSecret: random(),
    adminPassword: random(),
    webPassword: random(),
    workerPassword: random(),
    queuePassword: random(),
    sealingPublicKey: sealing.publicKey,
    sealingPrivateKey: sealing.privateKey,
    trailKey: randomBytes(32).toString('base64url'),
    workerKeys: `first:${randomBytes(32).toString('base64url')}`,
  };
}

/** An X25519 pair, each key as its 32 raw bytes in base64url. */
function makeSealingKeys(): { publicKey: string; privateKey: string } {
  const { privateKey } = generateKeyPairSync('x25519');
  const { x, d } = privateKey.export({ format: 'jwk' });
  if (!x || !d) throw new Error('Node exported an X25519 key without its parts');
  return { publicKey: x, privateKey: d };
}
