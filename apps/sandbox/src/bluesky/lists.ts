import { personByName } from '../state/people.ts';
import { followerPage, followPage, type Listed, shown } from './crowd.ts';
import { invalid } from './errors.ts';
import { type Call, limitParam, type Method, requiredParam, viewerOf } from './method.ts';
import { profileView } from './views.ts';

/** app.bsky.graph.getFollowers: pages may be short, or empty with a cursor. */
export const getFollowers: Method = list('followers', followerPage);

/** app.bsky.graph.getFollows. */
export const getFollows: Method = list('follows', followPage);

function list(name: string, page: typeof followerPage): Method {
  return {
    verb: 'GET',
    pds: false,
    run: (call: Call) => {
      const { state } = call.site;
      const viewer = viewerOf(call);
      const actor = requiredParam(call, 'actor');
      const subject = personByName(state, actor);
      if (subject === null || subject.status !== 'active') throw invalid(`Actor not found: ${actor}`);
      const listed: Listed = page(state, subject, limitParam(call), call.params.get('cursor'));
      return {
        subject: profileView(state, subject, viewer),
        [name]: shown(state, listed.dids, subject.did, viewer).map((person) => profileView(state, person, viewer)),
        ...(listed.cursor === null ? {} : { cursor: listed.cursor }),
      };
    },
  };
}
