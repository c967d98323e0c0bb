import type { Site } from '../site.ts';
import type { Collection } from '../state/events.ts';
import type { Person } from '../state/people.ts';
import { personByDid } from '../state/people.ts';

const ROWS_A_CHUNK = 2_000;

/** The records of some people as JSON text in pieces: [{did, handle, records: [[key, subject, createdAt, by], …]}, …]. */
export function* recordChunks(site: Site, collection: Collection, people: Person[]): Generator<string> {
  let chunk = '[';
  let rows = 0;
  for (const [i, { did, handle }] of people.entries()) {
    chunk += `${i === 0 ? '' : ','}{"did":"${did}","handle":"${handle}","records":[`;
    let first = true;
    for (const [key, { subject, createdAt, hand }] of site.state.repo(did).of(collection).all()) {
      chunk += `${first ? '' : ','}["${key}","${subject}","${createdAt}","${hand ? 'hand' : 'app'}"]`;
      first = false;
      if (++rows % ROWS_A_CHUNK === 0) {
        yield chunk;
        chunk = '';
      }
    }
    chunk += ']}';
  }
  yield `${chunk}]`;
}

/** Writes per account and subject as JSON text in pieces: [[account, subject, arrived, applied], …]. */
export function* writeChunks(site: Site, only: string | null): Generator<string> {
  let chunk = '[';
  let rows = 0;
  for (const [did, subject, { arrived, applied }] of site.counters.subjects()) {
    if (only !== null && did !== only) continue;
    chunk += `${rows === 0 ? '' : ','}${JSON.stringify([did, subject, arrived, applied])}`;
    if (++rows % ROWS_A_CHUNK === 0) {
      yield chunk;
      chunk = '';
    }
  }
  yield `${chunk}]`;
}

/** Every account of its own. */
export function allAccounts(site: Site): Person[] {
  return site.state.accounts.flatMap(({ did }) => personByDid(site.state, did) ?? []);
}
