import { WRITE_POINTS } from '../limits/policies.ts';
import type { Change } from '../state/events.ts';
import { untyped } from './errors.ts';
import { bodyOf, type Method, permit } from './method.ts';
import { collectionIn, keyIn, recordIn } from './record-input.ts';
import { recordCid } from './record-view.ts';
import { chargeWrites, checkSwap, commitJson, writerOf } from './writing.ts';

/**
 * com.atproto.repo.createRecord. Unlike applyWrites it allows one record a subject: older ones are deleted in the same
 * commit, so that a key somebody kept goes stale.
 */
export const createRecord: Method = {
  verb: 'POST',
  pds: true,
  arrived: (call, did) => {
    const { record } = bodyOf(call) as { record?: { subject?: unknown } | null };
    if (typeof record?.subject === 'string') call.site.counters.create(did, record.subject, 'arrived');
  },
  run: (call) => {
    const { site } = call;
    const body = bodyOf(call);
    const did = writerOf(call, body.repo);
    permit(call, { repo: String(body.collection), action: 'create' });
    chargeWrites(call, did, WRITE_POINTS.create);
    const collection = collectionIn(body.collection);
    const { subject, createdAt } = recordIn(body.record, collection);
    const key = body.rkey === undefined ? site.newTid() : keyIn(body.rkey);
    checkSwap(call, did, body.swapCommit);
    const records = site.state.repo(did).of(collection);
    if (records.get(key) !== undefined) throw untyped();
    const changes: Change[] = records.keysFor(subject).map((older): Change => ['d', collection, older]);
    changes.push(['c', collection, key, subject, createdAt]);
    const rev = site.commit(did, changes, false);
    site.counters.create(did, subject, 'applied');
    const cid = recordCid(collection, subject, createdAt);
    return `{"uri":"at://${did}/${collection}/${key}","cid":"${cid}",${commitJson(did, rev)},"validationStatus":"valid"}`;
  },
};
