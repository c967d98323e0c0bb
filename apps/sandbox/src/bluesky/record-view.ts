import { cidOf } from '../ids/cid.ts';
import type { Collection } from '../state/events.ts';

/** The content id of a record: a function of what it says. */
export function recordCid(collection: Collection, subject: string, createdAt: string): string {
  return cidOf(`${collection} ${subject} ${createdAt}`);
}

/** A record as JSON text. Every part was checked when it came in and needs no escaping. */
export function recordJson(
  did: string,
  collection: Collection,
  key: string,
  subject: string,
  createdAt: string,
): string {
  const cid = recordCid(collection, subject, createdAt);
  return `{"uri":"at://${did}/${collection}/${key}","cid":"${cid}","value":{"$type":"${collection}","subject":"${subject}","createdAt":"${createdAt}"}}`;
}
