import { BLOCK } from '../state/events.ts';

const TYPE = 'com.atproto.repo.applyWrites#';
const createdAt = '2026-11-20T12:00:00.000Z';

export function blockRecord(subject: string) {
  return { $type: BLOCK, subject, createdAt };
}

/** A write of applyWrites that makes a block; the server chooses the key where none is given. */
export function create(subject: string, rkey?: string) {
  return {
    $type: `${TYPE}create`,
    collection: BLOCK,
    value: blockRecord(subject),
    ...(rkey === undefined ? {} : { rkey }),
  };
}

export function remove(rkey: string) {
  return { $type: `${TYPE}delete`, collection: BLOCK, rkey };
}
