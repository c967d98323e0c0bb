import { cidOf } from '../ids/cid.ts';
import { STARTER_PACK } from '../state/events.ts';
import { personByDid } from '../state/people.ts';
import { invalid } from './errors.ts';
import { limitParam, type Method, requiredParam, viewerOf } from './method.ts';
import { cutPage } from './pages.ts';
import { listView } from './post-views.ts';
import { isBetween } from './posts.ts';
import { profileView } from './views.ts';

/** app.bsky.graph.getList: of a moderation list those too between whom and its maker there is a block. */
export const getList: Method = {
  verb: 'GET',
  pds: false,
  run: (call) => {
    const { state } = call.site;
    const viewer = viewerOf(call);
    const list = state.lists.get(requiredParam(call, 'list'));
    const view = list === undefined || list.behind !== null ? null : listView(state, list, viewer);
    if (list === undefined || view === null) throw invalid('List not found');
    const members = [...state.lists.members(list.id)];
    const { items, cursor } = cutPage(state.world, list.id, members, limitParam(call), call.params.get('cursor'));
    return {
      list: view,
      items: items.flatMap((did) => {
        const subject = personByDid(state, did);
        if (subject?.status !== 'active') return [];
        if (list.purpose !== 'modlist' && isBetween(call, did, list.owner)) return [];
        const key = cidOf(`${list.id} ${did}`).slice(-13);
        const uri = `at://${list.owner}/app.bsky.graph.listitem/${key}`;
        return [{ uri, subject: profileView(state, subject, viewer) }];
      }),
      ...(cursor === null ? {} : { cursor }),
    };
  },
};

/** app.bsky.graph.getStarterPack. */
export const getStarterPack: Method = {
  verb: 'GET',
  pds: false,
  run: (call) => {
    const { state } = call.site;
    const viewer = viewerOf(call);
    const pack = state.lists.get(requiredParam(call, 'starterPack'));
    const creator = pack === undefined ? null : personByDid(state, pack.owner);
    if (pack === undefined || pack.behind === null || creator?.status !== 'active')
      throw invalid('Starter pack not found');
    const list = state.lists.get(pack.behind);
    const behind = list === undefined ? null : listView(state, list, viewer);
    return {
      starterPack: {
        uri: pack.id,
        cid: cidOf(pack.id),
        record: {
          $type: STARTER_PACK,
          name: pack.name,
          list: pack.behind,
          createdAt: '2026-01-01T00:00:00.000Z',
        },
        creator: profileView(state, creator, viewer),
        ...(behind === null ? {} : { list: behind }),
        indexedAt: '2026-01-01T00:00:00.000Z',
        labels: [],
      },
    };
  },
};
