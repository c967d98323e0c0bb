import { WRITE_POINTS } from '../limits/policies.ts';
import { bodyOf, type Method, permit } from './method.ts';
import { collectionIn, keyIn } from './record-input.ts';
import { chargeWrites, checkSwap, commitJson, writerOf } from './writing.ts';

/** com.atproto.repo.deleteRecord: a record that is not there is success, and costs a point all the same. */
export const deleteRecord: Method = {
  verb: 'POST',
  pds: true,
  arrived: (call) => call.site.counters.delete('arrived'),
  run: (call) => {
    const { site } = call;
    const body = bodyOf(call);
    const did = writerOf(call, body.repo);
    permit(call, { repo: String(body.collection), action: 'delete' });
    chargeWrites(call, did, WRITE_POINTS.delete);
    const collection = collectionIn(body.collection);
    const key = keyIn(body.rkey);
    if (site.state.repo(did).of(collection).get(key) === undefined) return '{}';
    checkSwap(call, did, body.swapCommit);
    const rev = site.commit(did, [['d', collection, key]], false);
    site.counters.delete('applied');
    return `{${commitJson(did, rev)}}`;
  },
};
