import { cidOf } from '../ids/cid.ts';
import { POST } from '../state/events.ts';
import { personByName } from '../state/people.ts';
import type { Repo } from '../state/repo.ts';
import { invalid } from './errors.ts';
import { type Call, limitParam, type Method, requiredParam } from './method.ts';
import { recordOf } from './post-views.ts';
import { collectionIn } from './record-input.ts';
import { recordJson } from './record-view.ts';

/** com.atproto.repo.listRecords: newest key first; the cursor is the last key of the page. Open to everybody. */
export const listRecords: Method = {
  verb: 'GET',
  pds: true,
  run: (call) => {
    const repo = repoIn(call, 'repo', 'InvalidRequest');
    if (requiredParam(call, 'collection') === POST) return postsOf(call, repo.did);
    const collection = collectionIn(requiredParam(call, 'collection'));
    const reverse = call.params.get('reverse') === 'true';
    const page = repo.of(collection).page(limitParam(call), call.params.get('cursor'), reverse);
    const records = page.map(([key, { subject, createdAt }]) =>
      recordJson(repo.did, collection, key, subject, createdAt),
    );
    const last = page.at(-1);
    return `{"records":[${records.join(',')}]${last === undefined ? '' : `,"cursor":"${last[0]}"`}}`;
  },
};

/** Posts of one author, newest key first. Nobody writes them here over the wire. */
function postsOf(call: Call, did: string): object {
  const before = call.params.get('cursor') ?? '~';
  const all = call.site.state.posts.by(did).sort((a, b) => (a.key < b.key ? 1 : -1));
  const page = all.filter(({ key }) => key < before).slice(0, limitParam(call));
  const last = page.at(-1);
  return {
    records: page.map((post) => ({ uri: post.id, cid: cidOf(post.id), value: recordOf(post) })),
    ...(last === undefined ? {} : { cursor: last.key }),
  };
}

/** com.atproto.repo.getRecord. */
export const getRecord: Method = {
  verb: 'GET',
  pds: true,
  run: (call) => {
    const repo = repoIn(call, 'repo', 'InvalidRequest');
    const collection = collectionIn(requiredParam(call, 'collection'));
    const key = requiredParam(call, 'rkey');
    const entry = repo.of(collection).get(key);
    if (entry === undefined)
      throw invalid(`Could not locate record: at://${repo.did}/${collection}/${key}`, 'RecordNotFound');
    return recordJson(repo.did, collection, key, entry.subject, entry.createdAt);
  },
};

/** com.atproto.sync.getLatestCommit. */
export const getLatestCommit: Method = {
  verb: 'GET',
  pds: true,
  run: (call) => {
    const repo = repoIn(call, 'did', 'RepoNotFound');
    return `{"cid":"${repo.head}","rev":"${repo.rev}"}`;
  },
};

function repoIn(call: Call, param: string, error: string): Repo {
  const name = requiredParam(call, param);
  const person = personByName(call.site.state, name);
  if (person === null || person.status === 'deleted') throw invalid(`Could not find repo: ${name}`, error);
  return call.site.state.repo(person.did);
}
