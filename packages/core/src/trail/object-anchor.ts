import { createHash } from 'node:crypto';
import { DAY } from '@secateur/base';
import { AwsClient } from 'aws4fetch';
import type { AuditAnchor } from './anchor.ts';
import type { ObjectPlace } from './anchor-at.ts';

/** Milliseconds for one request. */
const PATIENCE = 10_000;
/** Times that somebody else may have been first. */
const TRIES = 5;
/** Keys of one listing; a store gives 1,000 at most. */
const MANY = 1_000;
/** Names are counted down from here, since a store lists ascending only and the newest is asked for most. */
const TOP = 1_000_000_000_000;

/**
 * An anchor in a bucket of an object store with S3's interface: one object a line, written only where there is none yet and
 * locked for years, so that nobody replaces or removes it, the store's owner included. The bucket needs versioning and object
 * lock. A deletion that only hides an object is possible all the same: then an entry is missing, and the verification says so.
 */
export function objectAnchor(place: ObjectPlace): AuditAnchor {
  const client = new AwsClient({ ...place.credentials, region: place.region, service: 's3', retries: 0 });
  const bucket = `${place.endpoint}/${place.bucket}`;

  const send = async (what: string, url: string, init: RequestInit = {}): Promise<Response> => {
    const signed = await client.sign(url, init);
    // biome-ignore lint/style/noRestrictedGlobals: whoever runs the service chose the address, which may be in their own network.
    return fetch(signed, { signal: AbortSignal.timeout(PATIENCE) }).catch((cause: unknown) => {
      throw new Error(`the anchor's store did not answer to ${what}`, { cause });
    });
  };
  const refused = (what: string, { status }: Response) => new Error(`the anchor's store answered ${status} to ${what}`);

  /** Names of objects, the newest first, at most so many from behind a name on. */
  const list = async (most: number, behind: string | null): Promise<string[]> => {
    const query = new URLSearchParams({ 'list-type': '2', prefix: `${place.prefix}/`, 'max-keys': String(most) });
    if (behind !== null) query.set('start-after', behind);
    const answer = await send('a listing', `${bucket}?${query}`);
    if (!answer.ok) throw refused('a listing', answer);
    return [...(await answer.text()).matchAll(/<Key>([^<]*)<\/Key>/g)].map(([, key]) => key ?? '');
  };
  const read = async (key: string): Promise<string> => {
    const answer = await send('a reading', `${bucket}/${key}`);
    if (!answer.ok) throw refused('a reading', answer);
    return answer.text();
  };

  return {
    async newest(count) {
      const keys = await list(count, null);
      return (await Promise.all(keys.map(read))).map((line) => line.replace(/\n$/, ''));
    },
    async append(line) {
      const body = `${line}\n`;
      for (let tries = 0; tries < TRIES; tries += 1) {
        const [newest] = await list(1, null);
        const name = newest === undefined ? TOP : Number(newest.split('/').at(-1)) - 1;
        const answer = await send('a writing', `${bucket}/${place.prefix}/${String(name).padStart(13, '0')}`, {
          method: 'PUT',
          body,
          headers: {
            'content-type': 'application/x-ndjson',
            'content-md5': createHash('md5').update(body).digest('base64'),
            'x-amz-content-sha256': createHash('sha256').update(body).digest('hex'),
            'if-none-match': '*',
            'x-amz-object-lock-mode': 'COMPLIANCE',
            'x-amz-object-lock-retain-until-date': new Date(Date.now() + place.retainDays * DAY).toISOString(),
          },
        });
        if (answer.ok) return;
        // Somebody else took the name meanwhile, or is about to.
        if (answer.status !== 412 && answer.status !== 409) throw refused('a writing', answer);
      }
      throw new Error(`the anchor's next place was taken ${TRIES} times`);
    },
    async *lines() {
      const keys: string[] = [];
      for (let page = await list(MANY, null); page.length > 0; page = await list(MANY, keys.at(-1) ?? null))
        keys.push(...page);
      for (const key of keys.reverse()) yield await read(key);
    },
  };
}
