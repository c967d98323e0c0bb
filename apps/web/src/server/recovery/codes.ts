import { createHmac, hkdfSync, randomBytes } from 'node:crypto';

/** Codes that are made at once. */
const HOW_MANY = 10;
/** Symbols of a code; each is five bits, so a code has 60. */
const LENGTH = 12;
/** Crockford's base 32: nothing in it looks like something else. */
const SYMBOLS = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';

/** The key that recovery codes are hashed with: a copy of the table alone lets nobody try codes. */
export function recoveryKey(secret: string): Uint8Array {
  return new Uint8Array(hkdfSync('sha256', secret, '', 'secateur recovery codes', 32));
}

/** Fresh codes, as they are shown: three groups of four. */
export function makeCodes(): string[] {
  return Array.from({ length: HOW_MANY }, () => {
    const code = [...randomBytes(LENGTH)].map((byte) => SYMBOLS[byte % 32]).join('');
    return code.replace(/(.{4})(?=.)/g, '$1-');
  });
}

/** What is stored of a code. However it was typed, it is the same: case, dashes, and the letters that look like digits. */
export function hashCode(key: Uint8Array, userId: string, typed: string): Uint8Array<ArrayBuffer> {
  const plain = typed
    .toUpperCase()
    .replace(/[^0-9A-Z]/g, '')
    .replaceAll('O', '0')
    .replace(/[IL]/g, '1');
  return new Uint8Array(createHmac('sha256', key).update(`${userId}:${plain}`).digest());
}
