import { decrypt, encrypt, KEY_BYTES } from './aes.ts';
import type { KeyWrap } from './key-wrap.ts';
import { SecretUnreadable } from './unreadable.ts';

/** A name for a key: it stands in rows and logs. */
const NAME = /^[A-Za-z0-9][A-Za-z0-9_.-]{0,31}$/;

/**
 * Wraps with keys that the process was started with: `name:key,name:key`, each key 32 bytes in base64 or base64url. The
 * first wraps, all unwrap. Throws a sentence that quotes no key.
 */
export function environmentWrap(text: string): KeyWrap {
  const keys = new Map<string, Buffer>();
  for (const [i, entry] of text.split(',').entries()) {
    const [name = '', key = '', ...rest] = entry.trim().split(':');
    const raw = Buffer.from(key, 'base64');
    if (!NAME.test(name) || raw.length !== KEY_BYTES || rest.length > 0) {
      throw new Error(`key ${i + 1} is not name:key with 32 bytes in base64`);
    }
    if (keys.has(name)) throw new Error(`key ${i + 1} has the name of another`);
    keys.set(name, raw);
  }
  const [current] = keys;
  if (!current) throw new Error('no key is given');
  const [id, first] = current;
  return {
    id,
    knows: (name) => keys.has(name),
    wrap: async (plain, aad) => encrypt(first, plain, aad),
    async unwrap(name, wrapped, aad) {
      const key = keys.get(name);
      if (!key) throw new SecretUnreadable('no_key', `wrapped by ${name}`);
      try {
        return decrypt(key, wrapped, aad);
      } catch {
        throw new SecretUnreadable('no_key', `${name} is not the key that wrapped it`);
      }
    },
  };
}
