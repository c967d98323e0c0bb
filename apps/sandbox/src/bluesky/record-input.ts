import { isValidDatetime, isValidDid, isValidTid } from '@atproto/syntax';
import { COLLECTIONS, type Collection } from '../state/events.ts';
import { invalid } from './errors.ts';

/** The fields of a block or follow record that mean something here. */
export type RecordValue = { subject: string; createdAt: string };

export function collectionIn(value: unknown): Collection {
  const found = COLLECTIONS.find((collection) => collection === value);
  if (found === undefined) throw invalid(`Error: the sandbox keeps only ${COLLECTIONS.join(' and ')} records`);
  return found;
}

/** A record key as the lexicons of blocks and follows want it. */
export function keyIn(value: unknown): string {
  if (typeof value !== 'string' || !isValidTid(value)) throw invalid('Invalid TID string');
  return value;
}

export function recordIn(value: unknown, collection: Collection): RecordValue {
  const refuse = (why: string) => invalid(`Invalid ${collection} record: ${why}`);
  if (typeof value !== 'object' || value === null) throw refuse('Record must be an object');
  const { $type, subject, createdAt } = value as Record<string, unknown>;
  if ($type !== undefined && $type !== collection)
    throw invalid(`Invalid $type: expected ${collection}, got ${String($type)}`);
  if (typeof subject !== 'string' || !isValidDid(subject)) throw refuse('Record/subject must be a valid did');
  if (typeof createdAt !== 'string' || !isValidDatetime(createdAt))
    throw refuse('Record/createdAt must be an valid atproto datetime (both RFC-3339 and ISO-8601)');
  return { subject, createdAt };
}
