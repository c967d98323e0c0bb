import { WRITE_POINTS } from '../limits/policies.ts';
import type { Change, Collection } from '../state/events.ts';
import type { Repo } from '../state/repo.ts';
import { invalid, untyped } from './errors.ts';
import { bodyOf, type Call, type Method, permit } from './method.ts';
import { collectionIn, keyIn, recordIn } from './record-input.ts';
import { recordCid } from './record-view.ts';
import { chargeWrites, checkSwap, commitJson, writerOf } from './writing.ts';

const MOST_WRITES = 200;
const TYPE = 'com.atproto.repo.applyWrites#';

type Kind = keyof typeof WRITE_POINTS;
type Write = { kind: Kind; collection: Collection; key: string; subject: string; createdAt: string };

/**
 * com.atproto.repo.applyWrites: all in one commit or nothing. Never looks for another record of the same subject. A key that
 * exists (create) or is missing (delete, update) loses the whole batch with an untyped 500.
 */
export const applyWrites: Method = {
  verb: 'POST',
  pds: true,
  arrived: (call, did) => {
    const { writes } = bodyOf(call);
    if (Array.isArray(writes)) for (const write of writes) countArrival(call, did, write);
  },
  run: (call) => {
    const body = bodyOf(call);
    const did = writerOf(call, body.repo);
    if (!Array.isArray(body.writes)) throw invalid('Error: Input/writes must be an array');
    const raw: unknown[] = body.writes;
    const kinds = raw.map(kindOf);
    for (const [i, write] of raw.entries())
      permit(call, { repo: String((write as { collection?: unknown }).collection), action: kinds[i] ?? 'create' });
    chargeWrites(
      call,
      did,
      kinds.reduce((sum, kind) => sum + WRITE_POINTS[kind], 0),
    );
    if (raw.length > MOST_WRITES) throw invalid(`Too many writes. Max: ${MOST_WRITES}`);
    const writes = raw.map((write, i) => parse(call, write, kinds[i] ?? 'create'));
    checkSwap(call, did, body.swapCommit);
    const { site } = call;
    const rev = site.commit(did, changesOf(site.state.repo(did), writes), false);
    let results = '';
    for (const write of writes) {
      if (write.kind === 'create') site.counters.create(did, write.subject, 'applied');
      if (write.kind === 'delete') site.counters.delete('applied');
      results += `${results === '' ? '' : ','}${resultJson(did, write)}`;
    }
    return `{${commitJson(did, rev)},"results":[${results}]}`;
  },
};

function kindOf(write: unknown): Kind {
  const type = (write as { $type?: unknown } | null)?.$type;
  if (type === `${TYPE}create`) return 'create';
  if (type === `${TYPE}update`) return 'update';
  if (type === `${TYPE}delete`) return 'delete';
  throw invalid(
    'Error: Input/writes must be of type com.atproto.repo.applyWrites#create, com.atproto.repo.applyWrites#update or com.atproto.repo.applyWrites#delete',
  );
}

function countArrival(call: Call, did: string, write: unknown): void {
  const { $type, value } = (write ?? {}) as { $type?: unknown; value?: { subject?: unknown } | null };
  const subject = value?.subject;
  if ($type === `${TYPE}delete`) call.site.counters.delete('arrived');
  else if ($type === `${TYPE}create` && typeof subject === 'string') call.site.counters.create(did, subject, 'arrived');
}

function parse(call: Call, write: unknown, kind: Kind): Write {
  const { collection, rkey, value } = write as Record<string, unknown>;
  const found = collectionIn(collection);
  const key = rkey === undefined && kind === 'create' ? call.site.newTid() : keyIn(rkey);
  if (kind === 'delete') return { kind, collection: found, key, subject: '', createdAt: '' };
  return { kind, collection: found, key, ...recordIn(value, found) };
}

/** What the writes do one after the other; throws when one of them can't be done. */
function changesOf(repo: Repo, writes: Write[]): Change[] {
  const touched = new Map<string, boolean>();
  const changes: Change[] = [];
  for (const { kind, collection, key, subject, createdAt } of writes) {
    const path = `${collection}/${key}`;
    const exists = touched.get(path) ?? repo.of(collection).get(key) !== undefined;
    if (exists !== (kind !== 'create')) throw untyped();
    touched.set(path, kind !== 'delete');
    if (kind !== 'create') changes.push(['d', collection, key]);
    if (kind !== 'delete') changes.push(['c', collection, key, subject, createdAt]);
  }
  return changes;
}

function resultJson(did: string, { kind, collection, key, subject, createdAt }: Write): string {
  if (kind === 'delete') return `{"$type":"${TYPE}deleteResult"}`;
  const cid = recordCid(collection, subject, createdAt);
  return `{"$type":"${TYPE}${kind}Result","uri":"at://${did}/${collection}/${key}","cid":"${cid}","validationStatus":"valid"}`;
}
