import { personByDid, personByName } from '../state/people.ts';
import type { State } from '../state/state.ts';
import { invalid } from './errors.ts';
import { bodyOf, limitParam, type Method, permit, signedIn, textIn } from './method.ts';
import { profileView } from './views.ts';

/** app.bsky.graph.muteActor and unmuteActor: private, one at a time, harmless when it is so already. */
export const muteActor: Method = mute(true);
export const unmuteActor: Method = mute(false);

function mute(on: boolean): Method {
  return {
    verb: 'POST',
    pds: true,
    run: (call) => {
      const { site } = call;
      const { did } = signedIn(call);
      permit(call, { rpc: on ? 'app.bsky.graph.muteActor' : 'app.bsky.graph.unmuteActor' });
      const subject = personByName(site.state, textIn(bodyOf(call), 'actor'));
      if (subject === null) throw invalid('Actor not found');
      if (on && subject.did === did) throw invalid('Cannot mute oneself');
      if (site.state.mutes(did).has(subject.did) !== on) site.record({ t: 'mute', did, subject: subject.did, on });
      return null;
    },
  };
}

/** app.bsky.graph.getMutes: the cursor is the position among the mutes, newest first. */
export const getMutes: Method = {
  verb: 'GET',
  pds: true,
  run: (call) => {
    const { state } = call.site;
    const { did } = signedIn(call);
    permit(call, { rpc: 'app.bsky.graph.getMutes' });
    const limit = limitParam(call);
    const muted = [...state.mutes(did)].reverse();
    const from = Number(call.params.get('cursor') ?? 0);
    const next = from + limit < muted.length ? { cursor: String(from + limit) } : {};
    return { mutes: views(state, muted.slice(from, from + limit), did), ...next };
  },
};

/** app.bsky.graph.getBlocks: profiles, without record keys; those of accounts put away are left out. */
export const getBlocks: Method = {
  verb: 'GET',
  pds: true,
  run: (call) => {
    const { state } = call.site;
    const { did } = signedIn(call);
    permit(call, { rpc: 'app.bsky.graph.getBlocks' });
    const limit = limitParam(call);
    const page = state.repo(did).blocks.page(limit, call.params.get('cursor'), false);
    const subjects = page.map(([, entry]) => entry.subject);
    const last = page.length === limit ? page.at(-1)?.[0] : undefined;
    return { blocks: views(state, subjects, did), ...(last === undefined ? {} : { cursor: last }) };
  },
};

function views(state: State, dids: string[], viewer: string): object[] {
  return dids.flatMap((did) => {
    const person = personByDid(state, did);
    return person?.status === 'active' ? [profileView(state, person, viewer)] : [];
  });
}
